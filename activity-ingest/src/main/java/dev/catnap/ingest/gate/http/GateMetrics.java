package dev.catnap.ingest.gate.http;

import dev.catnap.ingest.gate.Refusal;
import dev.catnap.ingest.gate.WaitingRoom;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * requests = passed + released + paged + the refusals; looked up once, for each request pays for
 * it.
 */
public final class GateMetrics {
  private static final String REQUESTS = "catnap.gate.requests";

  private final Counter passed;
  private final Counter released;
  private final Counter paged;
  private final Map<Refusal, Counter> refused = new EnumMap<>(Refusal.class);
  private final Timer held;
  private final Timer overhead;

  public GateMetrics(MeterRegistry registry, WaitingRoom room) {
    passed = outcome(registry, "passed");
    released = outcome(registry, "released");
    paged = outcome(registry, "paged");
    for (Refusal refusal : Refusal.values()) {
      refused.put(refusal, outcome(registry, refusal.name().toLowerCase(Locale.ROOT)));
    }
    held =
        Timer.builder("catnap.gate.hold")
            .description("How long requests were held, whatever became of them")
            .serviceLevelObjectives(
                millis(10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 15000, 60000))
            .register(registry);
    overhead =
        Timer.builder("catnap.gate.overhead")
            .description("Time in the gate of requests that pass without waiting")
            .serviceLevelObjectives(micros(10, 25, 50, 100, 250, 500, 1000, 5000))
            .register(registry);
    Gauge.builder("catnap.gate.held", room, WaitingRoom::held)
        .description("Requests that are held now")
        .register(registry);
  }

  private static Counter outcome(MeterRegistry registry, String outcome) {
    return Counter.builder(REQUESTS)
        .description("Requests at the gate")
        .tag("outcome", outcome)
        .register(registry);
  }

  private static Duration[] millis(long... values) {
    return Arrays.stream(values).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
  }

  private static Duration[] micros(long... values) {
    return Arrays.stream(values)
        .mapToObj(value -> Duration.ofNanos(value * 1_000))
        .toArray(Duration[]::new);
  }

  void passed(long tookNanos) {
    passed.increment();
    overhead.record(tookNanos, TimeUnit.NANOSECONDS);
  }

  void released() {
    released.increment();
  }

  void paged() {
    paged.increment();
  }

  void refused(Refusal refusal) {
    Counter counter = refused.get(refusal);
    if (counter != null) {
      counter.increment();
    }
  }

  void held(Duration waited) {
    held.record(waited);
  }
}
