package dev.catnap.kit.http;

import dev.catnap.events.InvalidFieldException;
import dev.catnap.events.Quantities;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** How durations and times are written in queries. */
public final class QueryTypes {
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private QueryTypes() {}

  /**
   * {@code 500ms}, {@code 30s}, {@code 5m}, {@code 24h}, {@code 7d}, {@code 2w}, ISO {@code PT5M},
   * or seconds as a number; 0 to 36500 days.
   *
   * @throws InvalidFieldException for anything else
   */
  public static Duration duration(String text) {
    Duration duration = Quantities.duration("duration", text);
    if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
      throw new InvalidFieldException("duration", "must be between 0 and 36500d", text);
    }
    return duration;
  }

  /**
   * ISO 8601 with an offset: {@code 2026-01-31T08:00:00Z} or {@code 2026-01-31T09:00:00+01:00}.
   *
   * @throws InvalidFieldException for anything else
   */
  public static Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text.strip()).toInstant();
    } catch (DateTimeParseException e) {
      throw new InvalidFieldException("time", UnreadableBody.rule(Instant.class), text);
    }
  }
}
