package dev.catnap.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.events.Reason;
import dev.catnap.events.RunState;
import dev.catnap.testkit.RequiresProgram;
import dev.catnap.testkit.docker.RequiresDocker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Two services are put to sleep and stopped by hand without rest, while clients ask for them
 * without rest: through nginx every request, whatever moment of whatever transition it meets, is
 * answered by the service.
 */
@RequiresDocker
@RequiresProgram("nginx")
class NoRequestIsLostTest {

  private static final Duration FOR = Duration.ofSeconds(12);

  /** As long as it goes on at most until it was down so often. */
  private static final Duration AT_MOST = Duration.ofSeconds(60);

  private static final int SLEEPS = 6;
  private static final int STOPS = 2;
  private static final int CLIENTS_EACH = 2;
  private static final int REQUESTS_A_CONNECTION = 25;

  /** A sleep looks for a second where a gateway keeps a connection open. */
  private static final int LONGEST_PAUSE_MILLIS = 2500;

  private static final long SEED = 20261128;

  private static RealGateFixture nginx;

  private final Queue<String> lost = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicLong slowestMillis = new AtomicLong();
  private final long began = System.nanoTime();

  @BeforeAll
  static void start() {
    nginx = new RealGateFixture(Gateway.NGINX);
    for (SleepyService service : List.of(nginx.files, nginx.notes)) {
      service.define(nginx.path, Map.of());
    }
    for (SleepyService service : List.of(nginx.files, nginx.notes)) {
      nginx.path.awaitState(service.name(), RunState.RUNNING);
    }
  }

  @AfterAll
  static void stop() {
    nginx.close();
  }

  @Test
  void whateverTheMoment() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (SleepyService service : List.of(nginx.files, nginx.notes)) {
      threads.add(Thread.ofVirtual().start(() -> bringDownAllTheTime(service)));
      long theirs = SEED + threads.size();
      for (int i = 0; i < CLIENTS_EACH; i++) {
        // The same for all clients of a service, so that they pause together and it can sleep.
        Random random = new Random(theirs);
        threads.add(Thread.ofVirtual().start(() -> askAllTheTime(service, random)));
      }
    }
    for (Thread thread : threads) {
      thread.join();
    }
    long slept = times(RunState.SLEEPING);
    long stopped = times(RunState.STOPPED);
    System.out.printf(
        "%d requests answered while services slept %d times and stopped %d times; slowest %d ms%n",
        answered.get(), slept, stopped, slowestMillis.get());
    assertThat(lost).isEmpty();
    assertThat(answered.get()).isPositive();
    assertThat(slept).isGreaterThanOrEqualTo(SLEEPS);
    assertThat(stopped).isGreaterThanOrEqualTo(STOPS);
  }

  private static long times(RunState state) {
    return List.of(nginx.files, nginx.notes).stream()
        .flatMap(service -> nginx.path.changesOf(service.name()).stream())
        .filter(change -> change.reason() == Reason.MANUAL && change.to() == state)
        .count();
  }

  private static boolean oftenEnough() {
    return times(RunState.SLEEPING) >= SLEEPS && times(RunState.STOPPED) >= STOPS;
  }

  private boolean goesOn() {
    long so = System.nanoTime() - began;
    return so < FOR.toNanos() || (so < AT_MOST.toNanos() && !oftenEnough());
  }

  private void askAllTheTime(SleepyService service, Random random) {
    while (goesOn()) {
      try (ClientConnection client = nginx.client()) {
        for (int i = 0; i < REQUESTS_A_CONNECTION && goesOn(); i++) {
          ask(client, service, random);
          pause(random.nextInt(LONGEST_PAUSE_MILLIS));
        }
      } catch (RuntimeException e) {
        lost.add(service.name() + ": " + e);
      }
    }
  }

  private void ask(ClientConnection client, SleepyService service, Random random) {
    long began = System.nanoTime();
    byte[] body = new byte[random.nextInt(30_000)];
    HttpMessage answer =
        random.nextBoolean()
            ? client.get(service.host(), "/")
            : client.post(service.host(), "/", body);
    long millis = (System.nanoTime() - began) / 1_000_000;
    slowestMillis.accumulateAndGet(millis, Math::max);
    if (answer.status() == 200 && answer.text().equals(service.name())) {
      answered.incrementAndGet();
    } else {
      lost.add("%s: %d after %d ms".formatted(service.name(), answer.status(), millis));
    }
  }

  /** What is given up because somebody came is as good. */
  private void bringDownAllTheTime(SleepyService service) {
    Random random = new Random(SEED);
    while (goesOn()) {
      String down = random.nextInt(4) == 0 ? "stop" : "sleep";
      nginx.path.http().post("/services/" + service.name() + "/" + down, "");
      pause(random.nextInt(LONGEST_PAUSE_MILLIS / 5));
    }
  }

  private static void pause(long millis) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }
}
