package dev.catnap.actuator.transition.tracing;

import dev.catnap.events.Command;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import dev.catnap.events.WakeStages;
import dev.catnap.kit.tracing.TraceHeaders;
import dev.catnap.kit.tracing.Traces;
import dev.catnap.kit.tracing.Traces.Kind;
import dev.catnap.kit.tracing.Traces.Start;
import dev.catnap.kit.tracing.Traces.Step;
import dev.catnap.kit.tracing.WakeStage;
import dev.catnap.kit.tracing.WakeStageTimers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Follows each command from its receipt until it is done. One entry a command under way. */
public final class CommandTraces {
  private final ConcurrentHashMap<String, Step> underWay = new ConcurrentHashMap<>();
  private final Traces traces;
  private final WakeStageTimers timers;
  private final InstantSource clock;

  public CommandTraces(Traces traces, WakeStageTimers timers, InstantSource clock) {
    this.traces = traces;
    this.timers = timers;
    this.clock = clock;
  }

  /**
   * @param record that the command came on
   * @param done what is to be done at its end
   * @return what to do instead
   */
  public Runnable received(Command command, Headers record, Instant receivedAt, Runnable done) {
    // Told twice, it is refused at once; the step is of the one that is carried out.
    if (!traces.isOn() || underWay.containsKey(command.id())) {
      return done;
    }
    String name = command.action().name().toLowerCase(Locale.ROOT);
    Step step =
        traces
            .begin(new Start(name, Kind.CONSUMER, receivedAt, TraceHeaders.on(record)))
            .tag("catnap.service", command.service())
            .tag("catnap.reason", command.reason().toString())
            .tag("catnap.command", command.id());
    underWay.put(command.id(), step);
    return () -> {
      done.run();
      if (underWay.remove(command.id(), step)) {
        step.end(clock.instant());
      }
    };
  }

  /** The trace of a change that a command brought about; null: not traced. */
  public @Nullable TraceHeaders of(StateChange change) {
    Step step = step(change.commandId());
    return step == null ? null : step.headers();
  }

  /** A change is told: what is known of its wake by now is recorded. */
  public void told(StateChange change) {
    WakeStages stages = change.stages();
    if (stages != null) {
      timers.record(WakeStage.RECEIVED, stages.decidedAt(), stages.receivedAt());
      timers.record(WakeStage.ENGINE, stages.receivedAt(), stages.engineAt());
      timers.record(WakeStage.READY, stages.engineAt(), stages.readyAt());
    }
    Step step = step(change.commandId());
    if (step != null && change.to() == RunState.FAILED) {
      step.failed(String.valueOf(change.failure()));
    }
    if (step != null && stages != null) {
      readiness(change, stages, step);
    }
  }

  private void readiness(StateChange change, WakeStages stages, Step wake) {
    Instant from = stages.engineAt();
    Instant to = stages.readyAt();
    if (from != null && to != null && to.isAfter(from)) {
      traces
          .begin(new Start("readiness", Kind.CLIENT, from, wake.headers()))
          .tag("catnap.container", change.container())
          .end(to);
    }
  }

  /** Begins a call to the engine, under the command that it is made for. */
  Step call(String name, @Nullable String container, @Nullable String commandId) {
    Step step = step(commandId);
    return step == null
        ? Step.NONE
        : traces
            .begin(new Start("engine " + name, Kind.CLIENT, clock.instant(), step.headers()))
            .tag("catnap.container", container);
  }

  Instant now() {
    return clock.instant();
  }

  private @Nullable Step step(@Nullable String commandId) {
    return commandId == null ? null : underWay.get(commandId);
  }
}
