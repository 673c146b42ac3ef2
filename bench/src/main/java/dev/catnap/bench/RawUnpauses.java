package dev.catnap.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * Unpauses containers through the engine's socket, all at once, each on a connection of its own.
 */
final class RawUnpauses implements AutoCloseable {
  private final List<RawEngine> connections = new ArrayList<>();
  private final List<Workload> workloads;
  private final Duration rest;

  RawUnpauses(RawEngine first, List<Workload> workloads, Duration rest) {
    this.workloads = workloads;
    this.rest = rest;
    connections.add(first);
    while (connections.size() < workloads.size()) {
      connections.add(RawEngine.local());
    }
  }

  /** From the first call to the last answer. */
  long nanos() throws InterruptedException {
    return nanos(workload -> {});
  }

  /**
   * From the first call to when the last has gone on.
   *
   * @param then what each goes on with once the engine has answered
   */
  long nanos(Consumer<Workload> then) throws InterruptedException {
    for (Workload workload : workloads) {
      workload.pause(connections.getFirst());
    }
    Thread.sleep(rest);
    if (workloads.size() == 1) {
      long start = System.nanoTime();
      workloads.getFirst().unpause(connections.getFirst());
      then.accept(workloads.getFirst());
      return System.nanoTime() - start;
    }
    CountDownLatch begin = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < workloads.size(); i++) {
      Workload workload = workloads.get(i);
      RawEngine connection = connections.get(i);
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                try {
                  begin.await();
                  workload.unpause(connection);
                  then.accept(workload);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }));
    }
    long start = System.nanoTime();
    begin.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    return System.nanoTime() - start;
  }

  @Override
  public void close() {
    connections.stream().skip(1).forEach(RawEngine::close);
  }
}
