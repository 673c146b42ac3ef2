package dev.catnap.actuator.transition.execution;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** A queue for each service; different services never wait for each other here. */
public final class ServiceLanes {
  private final ConcurrentHashMap<String, ServiceLane> lanes = new ConcurrentHashMap<>();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("service-lane-", 0).factory());
  private final BiConsumer<ReceivedCommand, ServiceLane> carryOut;

  ServiceLanes(BiConsumer<ReceivedCommand, ServiceLane> carryOut) {
    this.carryOut = carryOut;
  }

  public ServiceLane lane(String service) {
    return lanes.computeIfAbsent(service, name -> new ServiceLane(this::execute, carryOut));
  }

  private void execute(Runnable work) {
    try {
      threads.execute(work);
    } catch (RejectedExecutionException e) {
      // Closing: what is queued is read from the log again by the next run.
    }
  }

  /** Lets what is under way end within 5 s, then interrupts it. */
  void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
