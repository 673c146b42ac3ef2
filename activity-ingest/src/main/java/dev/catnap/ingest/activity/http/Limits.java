package dev.catnap.ingest.activity.http;

import dev.catnap.kit.http.ProblemException;
import dev.catnap.kit.http.Violation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * How large one delivery may be.
 *
 * @param bodyBytes the largest body
 * @param batchEvents the most events, bad ones counted
 */
public record Limits(int bodyBytes, int batchEvents) {
  private static final Duration SOON = Duration.ofSeconds(1);

  ProblemException bodyTooLarge(long bytes) {
    return tooLarge("body", "must be at most " + bodyBytes + " bytes", Long.toString(bytes));
  }

  void checkBatch(int events) {
    if (events > batchEvents) {
      throw tooLarge("batch", "must be at most " + batchEvents + " events", null);
    }
  }

  static ProblemException tooMuchInFlight() {
    return ProblemException.unavailable(
        "More activity is under way than may be at once; nothing of this was accepted.", SOON);
  }

  private static ProblemException tooLarge(String field, String rule, @Nullable String value) {
    return ProblemException.of(
            HttpStatus.CONTENT_TOO_LARGE,
            "payload-too-large",
            "Payload too large",
            field + " " + rule + ".")
        .with(new Violation(field, rule, value));
  }
}
