package dev.catnap.ingest.activity.http;

import dev.catnap.ingest.activity.Intake;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Set;

/**
 * What became of the events that came by HTTP: received = accepted + rejected + failed. Accepted
 * ones are on the log. Failed ones were good and their sender was told that they may not be there;
 * sent again, they count again.
 */
public final class ActivityMetrics {
  private static final Set<String> FIELDS =
      Set.of("service", "at", "kind", "count", "inFlight", "source", "id", "value", "data");

  private final MeterRegistry registry;
  private final Counter accepted;
  private final Counter failed;

  public ActivityMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.accepted =
        Counter.builder("catnap.activity.accepted")
            .description("Events that the log has")
            .register(registry);
    this.failed =
        Counter.builder("catnap.activity.failed")
            .description("Good events that the log did not take")
            .register(registry);
  }

  void accepted(int events) {
    accepted.increment(events);
  }

  void failed(int events) {
    failed.increment(events);
  }

  /** By the field at fault, which is bounded; what else is at fault is an envelope's. */
  void rejected(List<Intake.RejectedLine> lines) {
    for (Intake.RejectedLine line : lines) {
      String field = line.rejection().field();
      Counter.builder("catnap.activity.rejected")
          .description("Events that broke a rule")
          .tag("reason", FIELDS.contains(field) ? field : "envelope")
          .register(registry)
          .increment();
    }
  }
}
