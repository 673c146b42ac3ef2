package dev.catnap.metrics.usage.jdbc;

import dev.catnap.metrics.storage.jdbc.Times;
import dev.catnap.metrics.window.Bucket;
import dev.catnap.metrics.window.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * The sums of a window in as few rows as there can be: those of whole days, and of hours where it
 * begins or ends within a day. They add up to the same as the hours alone.
 *
 * <pre>
 * from 1 March 15:00 to 31 March 15:00    9 hours, 29 days, 15 hours instead of 720 hours
 * </pre>
 */
public final class WholeDays {
  private static final String ROWS =
      """
      (SELECT * FROM %1$s_hour WHERE bucket >= :from AND bucket < :firstDay
      UNION ALL SELECT * FROM %1$s_day WHERE bucket >= :firstDay AND bucket < :lastDay
      UNION ALL SELECT * FROM %1$s_hour WHERE bucket >= :lastDay AND bucket < :to) AS whole
      """;

  private WholeDays() {}

  /**
   * In place of a table; takes the arguments {@code from}, {@code to} and those of {@link #within}.
   *
   * @param sums the name of the tables without {@code _hour} or {@code _day}
   */
  public static String of(String sums) {
    return ROWS.formatted(sums);
  }

  /**
   * Where the whole days of a window begin and end.
   *
   * @param window aligned to hours where it begins
   */
  public static StatementSpec within(StatementSpec statement, TimeWindow window) {
    Instant midnight = Bucket.DAY.floor(window.from());
    Instant first = midnight.equals(window.from()) ? midnight : midnight.plus(Duration.ofDays(1));
    Instant last = Bucket.DAY.floor(window.to());
    if (last.isBefore(first)) {
      first = window.to();
      last = window.to();
    }
    return statement
        .param("firstDay", Times.argument(first))
        .param("lastDay", Times.argument(last));
  }
}
