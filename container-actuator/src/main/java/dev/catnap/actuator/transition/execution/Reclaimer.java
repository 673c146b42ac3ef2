package dev.catnap.actuator.transition.execution;

import dev.catnap.actuator.engine.ContainerEngine;
import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.engine.EngineException;
import dev.catnap.actuator.engine.Reclaim;
import dev.catnap.events.ServiceDefinition;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the memory of what was just paused, down to its reservation, and leaves off at once when a
 * wake comes.
 *
 * <p>Why threads of the platform? The kernel's write blocks for up to a second, and a virtual
 * thread would hold its carrier for as long: two of them would stop every wake on a machine of two
 * cores.
 */
final class Reclaimer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Reclaimer.class);
  private static final int AT_ONCE = 2;

  private final ContainerEngine engine;
  private final boolean enabled;
  private final Duration atMost;
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          AT_ONCE,
          AT_ONCE,
          10,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          Thread.ofPlatform().daemon().name("reclaim-", 0).factory());

  /**
   * @param enabled false: nothing is ever taken
   * @param atMost after this it leaves off
   */
  Reclaimer(ContainerEngine engine, boolean enabled, Duration atMost) {
    this.engine = engine;
    this.enabled = enabled;
    this.atMost = atMost;
    threads.allowCoreThreadTimeOut(true);
  }

  /** Returns when all is taken that can be, when a wake comes, or when its time is over. */
  void run(ServiceDefinition definition, ContainerSnapshot paused, ServiceLane lane)
      throws InterruptedException {
    if (!enabled || !paused.isPaused() || lane.wakeWaits()) {
      return;
    }
    Long reservation = definition.sleepPolicy().memoryReservation();
    long downTo = reservation == null ? 0 : reservation;
    AtomicBoolean abandoned = new AtomicBoolean();
    CompletableFuture<@Nullable Reclaim> work;
    try {
      work =
          CompletableFuture.supplyAsync(
              () -> engine.reclaim(paused, downTo, abandoned::get), threads);
    } catch (RejectedExecutionException e) {
      return;
    }
    boolean done = lane.awaitDone(work, atMost);
    abandoned.set(true);
    if (done) {
      tell(definition, paused, work);
    }
  }

  private static void tell(
      ServiceDefinition definition,
      ContainerSnapshot paused,
      CompletableFuture<@Nullable Reclaim> work) {
    Reclaim reclaim = work.exceptionally(Reclaimer::failed).join();
    if (reclaim != null) {
      log.atDebug()
          .addKeyValue("service", definition.name())
          .addKeyValue("container", paused.name())
          .addKeyValue("beforeBytes", reclaim.beforeBytes())
          .addKeyValue("freedBytes", reclaim.freedBytes())
          .log("took memory back");
    }
  }

  /** It is a saving forgone, and what stays resident is measured all the same. */
  private static @Nullable Reclaim failed(Throwable failure) {
    if (!(failure.getCause() instanceof EngineException)) {
      log.atWarn().setCause(failure).log("taking memory back failed unexpectedly");
    }
    return null;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
