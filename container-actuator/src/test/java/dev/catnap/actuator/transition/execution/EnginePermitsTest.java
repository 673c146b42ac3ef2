package dev.catnap.actuator.transition.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catnap.events.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EnginePermitsTest {
  private final List<Thread> threads = new ArrayList<>();

  private Thread go(EnginePermits permits, Action action, EnginePermits.Act act) {
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                permits.run(action, act);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    threads.add(thread);
    return thread;
  }

  private static void hold(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean waits(Thread thread) {
    return thread.getState() == Thread.State.WAITING;
  }

  @Test
  void wakesGoBeforeSleeps_eachInOrder() throws InterruptedException {
    EnginePermits permits = new EnginePermits(1);
    CountDownLatch busy = new CountDownLatch(1);
    List<String> order = new CopyOnWriteArrayList<>();
    await()
        .until(() ->
            waits(
                threads.isEmpty()
                    ? go(permits, Action.SLEEP, () -> hold(busy))
                    : threads.getFirst()));
    for (String name : List.of("sleep 1", "wake 1", "sleep 2", "wake 2")) {
      Action action = name.startsWith("wake") ? Action.WAKE : Action.SLEEP;
      Thread thread = go(permits, action, () -> order.add(name));
      await().until(() -> waits(thread));
    }
    busy.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(order).containsExactly("wake 1", "wake 2", "sleep 1", "sleep 2");
  }

  @Test
  void neverMoreThanToldAtOnce_andAStopNeverStandsBeforeAWake() throws InterruptedException {
    EnginePermits permits = new EnginePermits(2);
    CountDownLatch stopping = new CountDownLatch(1);
    go(permits, Action.STOP, () -> hold(stopping));
    go(permits, Action.STOP, () -> hold(stopping));
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Thread> wakes = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      wakes.add(
          go(
              permits,
              Action.WAKE,
              () -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                Thread.yield();
                now.decrementAndGet();
              }));
    }
    for (Thread wake : wakes) {
      wake.join();
    }
    assertThat(most.get()).isBetween(1, 2);
    stopping.countDown();
  }
}
