package dev.catnap.actuator.discovery.watch;

import dev.catnap.actuator.discovery.Inventory;
import dev.catnap.actuator.engine.ContainerEngine;
import dev.catnap.actuator.engine.EngineEvent;
import dev.catnap.actuator.engine.EngineException;
import dev.catnap.actuator.engine.EngineInfo;
import dev.catnap.actuator.engine.EngineListener;
import dev.catnap.actuator.transition.StateJournal;
import dev.catnap.actuator.transition.execution.CommandExecutor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stays connected to the engine: watches its events, and after each connection lists everything and
 * compares, because events are missed while there is none.
 *
 * <p>An engine that is away is waited for with pauses of 0.2 to 5 s.
 */
public final class EngineWatcher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EngineWatcher.class);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** What ends the rest between two comparisons. */
  private sealed interface Signal {
    record CompareAgain() implements Signal {}

    record Lost(String reason) implements Signal {}
  }

  /** Opens once what was published before is known; until then there is nothing to compare with. */
  public interface Gate {
    boolean awaitOpen(Duration atMost) throws InterruptedException;
  }

  /**
   * What the watcher needs besides the engine.
   *
   * @param withdrawAfter how long a service that labels define outlives its last container
   */
  public record Parts(
      Inventory inventory,
      StateJournal journal,
      CommandExecutor executor,
      DefinitionSink definitions,
      Duration withdrawAfter,
      InstantSource clock,
      Gate gate) {}

  private final ContainerEngine engine;
  private final Parts parts;
  private final Duration compareEvery;
  private final @Nullable String hostSetting;
  private final Consumer<String> whenFirstCompared;
  private final Reconciler reconciler;
  private final BlockingQueue<Signal> signals = new ArrayBlockingQueue<>(16);
  private final EngineEvents events;
  private final Thread thread;
  private volatile EngineStatus status = new EngineStatus(null, "not asked yet");
  private volatile String host = "";
  private volatile boolean closed;
  private boolean comparedOnce;

  /**
   * @param compareEvery how often everything is compared although nothing was lost
   * @param hostSetting what to call this host; null: as the engine does
   * @param whenFirstCompared told the host's name once, when commands may be carried out
   */
  public EngineWatcher(
      ContainerEngine engine,
      Parts parts,
      Duration compareEvery,
      @Nullable String hostSetting,
      Consumer<String> whenFirstCompared) {
    this.engine = engine;
    this.parts = parts;
    this.compareEvery = compareEvery;
    this.hostSetting = hostSetting;
    this.whenFirstCompared = whenFirstCompared;
    this.reconciler =
        new Reconciler(
            engine,
            parts.inventory(),
            parts.journal(),
            parts.executor(),
            new LabelledServices(
                parts.inventory(), parts.journal(), parts.definitions(), parts.withdrawAfter()),
            parts.clock());
    this.events = new EngineEvents(parts, () -> host, this::compareSoon);
    this.thread = Thread.ofVirtual().name("engine-watch").unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  public EngineStatus status() {
    return status;
  }

  /** As last known; empty before the engine answered for the first time. */
  public String host() {
    return host;
  }

  /** Asks for a comparison soon, as after a new definition. */
  public void compareSoon() {
    if (!signals.contains(new Signal.CompareAgain())) {
      signals.offer(new Signal.CompareAgain());
    }
  }

  private void run() {
    Duration pause = SHORTEST_PAUSE;
    while (!closed) {
      try {
        connect();
        pause = SHORTEST_PAUSE;
        watch();
      } catch (EngineException e) {
        away(e.reason());
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        log.atError().setCause(e).log("watching the engine failed unexpectedly, trying again");
        away(String.valueOf(e));
      }
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        return;
      }
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }
  }

  private void away(String reason) {
    if (status.isReachable() || (status.info() == null && !reason.equals(status.problem()))) {
      log.atWarn().addKeyValue("cause", reason).log("the engine does not answer, waiting for it");
    }
    status = new EngineStatus(status.info(), reason);
  }

  private void connect() {
    EngineInfo info = engine.info();
    status = new EngineStatus(info, null);
    host = hostSetting == null ? info.hostName() : hostSetting;
    parts.inventory().atHost(host);
  }

  private void watch() throws InterruptedException {
    while (!parts.gate().awaitOpen(LONGEST_PAUSE)) {
      connect();
    }
    signals.clear();
    try (ContainerEngine.Subscription stream = engine.watch(new Listener())) {
      while (!closed) {
        reconciler.compareAll(host);
        if (!comparedOnce) {
          comparedOnce = true;
          whenFirstCompared.accept(host);
        }
        Signal signal = signals.poll(compareEvery.toMillis(), TimeUnit.MILLISECONDS);
        if (signal instanceof Signal.Lost lost) {
          away(lost.reason());
          return;
        }
      }
    }
  }

  private final class Listener implements EngineListener {
    @Override
    public void happened(EngineEvent event) {
      events.take(event);
    }

    @Override
    public void lost(String reason) {
      if (!signals.offer(new Signal.Lost(reason))) {
        signals.clear();
        signals.offer(new Signal.Lost(reason));
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
