package dev.catnap.metrics.performance.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the gate adds to a request to a running service, since the process started, in milliseconds.
 *
 * @param reason why the rest is absent; null when it is there
 */
public record GateOverhead(
    @Nullable Long count, @Nullable Double mean, @Nullable Double max, @Nullable String reason) {
  /** The gate's timer, {@code catnap_gate_overhead_seconds}. */
  static final String TIMER = "catnap.gate.overhead";

  static GateOverhead of(MeterRegistry meters) {
    Collection<Timer> timers = meters.find(TIMER).timers();
    long count = timers.stream().mapToLong(Timer::count).sum();
    if (count == 0) {
      return new GateOverhead(
          null,
          null,
          null,
          timers.isEmpty()
              ? "the gate runs in another process: ask its own /actuator/prometheus"
              : "no request has passed the gate since this process started");
    }
    double total = timers.stream().mapToDouble(one -> one.totalTime(TimeUnit.MILLISECONDS)).sum();
    double max = timers.stream().mapToDouble(one -> one.max(TimeUnit.MILLISECONDS)).max().orElse(0);
    return new GateOverhead(count, total / count, max, null);
  }
}
