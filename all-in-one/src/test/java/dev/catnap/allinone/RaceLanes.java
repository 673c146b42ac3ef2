package dev.catnap.allinone;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** Ways of messages: each keeps its order and takes as long as a seeded die says, up to 2 ms. */
final class RaceLanes implements AutoCloseable {
  private static final int LONGEST_MICROS = 2_000;

  private final Map<String, ExecutorService> lanes = new ConcurrentHashMap<>();
  private final Random dice;

  RaceLanes(long seed) {
    this.dice = new Random(seed);
  }

  void deliver(String lane, Runnable message) {
    Duration way = Duration.ofNanos(roll() * 1_000L);
    lane(lane)
        .execute(() -> {
          pause(way);
          message.run();
        });
  }

  /** In the lane's order, but without a way. */
  void now(String lane, Runnable message) {
    lane(lane).execute(message);
  }

  private synchronized int roll() {
    // Half of them hardly any time: the order of two lanes is what matters.
    return dice.nextBoolean() ? dice.nextInt(50) : dice.nextInt(LONGEST_MICROS);
  }

  void pause(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }

  private ExecutorService lane(String name) {
    return lanes.computeIfAbsent(
        name, key -> Executors.newSingleThreadExecutor(Thread.ofVirtual().name(key).factory()));
  }

  @Override
  public void close() {
    lanes.values().forEach(ExecutorService::shutdownNow);
  }
}
