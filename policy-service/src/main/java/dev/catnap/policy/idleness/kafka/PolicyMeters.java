package dev.catnap.policy.idleness.kafka;

import dev.catnap.events.Action;
import dev.catnap.events.Command;
import dev.catnap.kit.tracing.WakeStage;
import dev.catnap.kit.tracing.WakeStageTimers;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** What the policy counts and times. */
public final class PolicyMeters {
  private final MeterRegistry registry;
  private final Timer decideLatency;
  private final WakeStageTimers stages;

  public PolicyMeters(MeterRegistry registry) {
    this.registry = registry;
    this.decideLatency =
        Timer.builder("catnap.decide.latency")
            .description("From the request seen to the command that it caused")
            .publishPercentiles(0.5, 0.99)
            .register(registry);
    this.stages = new WakeStageTimers(registry, WakeStage.DECIDED);
  }

  void services(IntSupplier services) {
    Gauge.builder("catnap.policy.services", services::getAsInt)
        .description("Services whose partitions are in this process")
        .register(registry);
  }

  void decided(Command command) {
    registry
        .counter(
            "catnap.decisions",
            "rule",
            command.rule(),
            "action",
            command.action().name().toLowerCase(java.util.Locale.ROOT))
        .increment();
    Instant requestedAt = command.requestedAt();
    if (requestedAt != null) {
      Duration latency = Duration.between(requestedAt, command.at());
      decideLatency.record(latency.isNegative() ? Duration.ZERO : latency);
    }
    if (command.action() == Action.WAKE) {
      stages.record(WakeStage.DECIDED, requestedAt, command.at());
    }
  }

  /** Of activity and services they are dead letters as well. */
  void unreadable(String topic) {
    registry.counter("catnap.policy.unreadable", "topic", topic).increment();
  }

  /** Use of a name that is neither defined nor was ever heard of. */
  void stranger() {
    registry.counter("catnap.policy.strangers").increment();
  }

  /** A use whose id was heard before. */
  void repeated() {
    registry.counter("catnap.policy.repeated").increment();
  }

  void failed(@Nullable String topic) {
    registry.counter("catnap.policy.failed", "topic", topic == null ? "none" : topic).increment();
  }
}
