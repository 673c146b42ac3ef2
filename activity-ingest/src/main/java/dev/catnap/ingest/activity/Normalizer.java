package dev.catnap.ingest.activity;

import dev.catnap.events.Activity;
import dev.catnap.events.ActivityKind;
import dev.catnap.events.InvalidFieldException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Turns reports into activity, or says which rule they break.
 *
 * @param maxAhead how far in the future a report may be, for clocks that are ahead of ours
 * @param maxAge how old a report may be; older ones could no longer change a decision and would
 *     only falsify what was folded long ago
 */
public record Normalizer(Duration maxAhead, Duration maxAge) {
  /**
   * @param receivedAt when it came; stands in for a time that the report does not give
   */
  public Normalized normalize(ActivityReport report, Instant receivedAt) {
    Instant at = report.at() == null ? receivedAt : report.at();
    if (at.isAfter(receivedAt.plus(maxAhead))) {
      return rejected("at", "must be at most " + maxAhead.toSeconds() + " s in the future", at);
    }
    if (at.isBefore(receivedAt.minus(maxAge))) {
      return rejected("at", "must be at most " + maxAge.toSeconds() + " s old", at);
    }
    if (report.service() == null) {
      return rejected("service", "must be given", null);
    }
    try {
      return new Normalized.Accepted(
          new Activity(
              report.service(),
              at,
              report.kind() == null ? ActivityKind.REQUEST : report.kind(),
              report.count() == null ? 1 : report.count(),
              report.inFlight(),
              report.source(),
              report.id()));
    } catch (InvalidFieldException e) {
      return new Normalized.Rejected(Rejection.of(e));
    }
  }

  private static Normalized rejected(String field, String rule, @Nullable Object value) {
    return new Normalized.Rejected(Rejection.of(field, rule, value));
  }
}
