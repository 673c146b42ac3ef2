package dev.catnap.actuator;

import dev.catnap.actuator.transition.AuditEntry;
import dev.catnap.actuator.transition.Outcome;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Counts and logs what was done and refused: {@code
 * catnap_actuator_commands_total{action,outcome}}, one for each container of a command, or one
 * where it came to none.
 */
final class AuditLog implements Consumer<AuditEntry> {
  private static final Logger log = LoggerFactory.getLogger(AuditLog.class);

  private final MeterRegistry meters;

  AuditLog(MeterRegistry meters) {
    this.meters = meters;
  }

  @Override
  public void accept(AuditEntry entry) {
    meters
        .counter(
            "catnap.actuator.commands",
            "action",
            entry.action().name(),
            "outcome",
            entry.outcome().toString())
        .increment();
    // What was done shows as a state change already.
    log.atLevel(level(entry.outcome()))
        .addKeyValue("service", entry.service())
        .addKeyValue("container", entry.container())
        .addKeyValue("action", entry.action())
        .addKeyValue("outcome", entry.outcome())
        .addKeyValue("detail", entry.detail())
        .log("command");
  }

  private static Level level(Outcome outcome) {
    return switch (outcome) {
      case FAILED, REFUSED -> Level.WARN;
      case GIVEN_UP, OUTDATED, EXPIRED -> Level.INFO;
      case DONE, ALREADY_THERE, SUPERSEDED, DUPLICATE, ELSEWHERE -> Level.DEBUG;
    };
  }
}
