package dev.catnap.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.ingest.gate.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests against sleeps that never stop coming, thousands of times: each request is answered,
 * whether the gate let it through a moment before the pause or held it.
 */
class SafeSleepRaceTest {
  private static final int SERVICES = 20;
  private static final int CLIENTS = 2;
  private static final int REQUESTS = 60;

  @ParameterizedTest
  @ValueSource(longs = {1, 20261128})
  void noRequestIsLost_howeverItMeetsASleep(long seed) throws Exception {
    List<String> services = IntStream.range(0, SERVICES).mapToObj(i -> "race-" + i).toList();
    List<Future<Integer>> clients = new ArrayList<>();
    AtomicBoolean over = new AtomicBoolean();
    int held = 0;
    try (RaceWorld world = new RaceWorld(seed);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      services.forEach(world::put);
      for (String service : services) {
        var unused = threads.submit(() -> tick(world, service, over));
        for (int client = 0; client < CLIENTS; client++) {
          Random dice = new Random(seed * 31 + clients.size());
          clients.add(threads.submit(() -> ask(world, service, dice)));
        }
      }
      try {
        for (Future<Integer> client : clients) {
          held += client.get(90, TimeUnit.SECONDS);
        }
      } finally {
        over.set(true);
      }
      assertThat(world.sleeps()).as("sleeps").isGreaterThan(SERVICES);
    }
    // Both ways were tried, else nothing was raced.
    assertThat(held).isBetween(1, SERVICES * CLIENTS * REQUESTS - 1);
  }

  private static void tick(RaceWorld world, String service, AtomicBoolean over) {
    while (!over.get()) {
      world.tick(service);
      LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
    }
  }

  /**
   * @return how many were held
   */
  private static int ask(RaceWorld world, String service, Random dice) throws Exception {
    int held = 0;
    for (int i = 0; i < REQUESTS; i++) {
      LockSupport.parkNanos(dice.nextInt(12_000_000));
      int way = dice.nextInt(1_000_000);
      Verdict verdict = world.request(service, () -> LockSupport.parkNanos(way));
      held += verdict instanceof Verdict.Hold ? 1 : 0;
    }
    return held;
  }
}
