package dev.catnap.ingest.activity.http;

import dev.catnap.ingest.activity.Intake;
import dev.catnap.ingest.activity.Rejection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a delivery.
 *
 * @param accepted how many events the log has
 * @param rejected the others, each with its place
 */
record Answer(int accepted, List<Line> rejected) {
  /**
   * @param line from 1: the line, or the place in an array
   * @param reason field, rule and value in one sentence
   */
  record Line(int line, String field, String rule, @Nullable String value, String reason) {
    static Line of(Intake.RejectedLine rejected) {
      Rejection rejection = rejected.rejection();
      return new Line(
          rejected.line(),
          rejection.field(),
          rejection.rule(),
          rejection.value(),
          rejection.reason());
    }
  }

  static Answer of(Intake intake) {
    return new Answer(intake.accepted().size(), intake.rejected().stream().map(Line::of).toList());
  }
}
