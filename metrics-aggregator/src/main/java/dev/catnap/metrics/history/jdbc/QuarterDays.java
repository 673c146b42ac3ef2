package dev.catnap.metrics.history.jdbc;

import dev.catnap.metrics.storage.jdbc.Times;
import dev.catnap.metrics.window.Bucket;
import dev.catnap.metrics.window.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * The time in each state within a window, in as few rows as there can be: sums of whole quarters of
 * a day, and of single intervals those that are in none of these sums. They add up to the same as
 * all intervals.
 *
 * <pre>
 * from 15:00 to 15:00 a month later    sums from 18:00 to 12:00;
 *   intervals within the quarters that begin at the first and the last 12:00, as far as they lie in
 *   the window; intervals that reach from one quarter into another, whenever they are
 * </pre>
 */
public final class QuarterDays {
  /** Quarters begin at 0, 6, 12 and 18 o'clock UTC. */
  public static final Duration SIZE = Duration.ofHours(6);

  private static final String QUARTER = "date_bin('6 hours', %s, timestamptz 'epoch')";
  private static final String END = "coalesce(ended_at, timestamptz 'infinity')";

  /** Of {@code state_interval}; as its index {@code state_interval_across} says it. */
  private static final String ACROSS =
      QUARTER.formatted("started_at") + " <> " + QUARTER.formatted(END);

  /** Of a container that is there; so that the index finds it. */
  public static final String LASTS = ACROSS + " AND " + END + " = timestamptz 'infinity'";

  static final String WITHIN_ONE = QUARTER.formatted("started_at") + " = " + QUARTER.formatted(END);

  /** The columns of the sums, in the order of {@link #figures}. */
  public static final String COLUMNS =
      "running, sleeping, stopped, in_transition, failed, unknown, sleeps, stops";

  /** Takes the place of {@code state_interval}; {@code SERVICE} stands for a condition on it. */
  public static final String LOOSE =
      """
      (SELECT * FROM state_interval
        WHERE ACROSS AND started_at < :to AND END > :from AND SERVICE
      UNION ALL SELECT * FROM state_interval
        WHERE WITHIN_ONE AND started_at >= :fromQuarter AND started_at < :firstQuarter
          AND (ended_at > :from OR started_at >= :from) AND started_at < :to AND SERVICE
      UNION ALL SELECT * FROM state_interval
        WHERE WITHIN_ONE AND started_at >= :lastQuarter AND started_at < :to AND SERVICE) AS loose
      """
          .replace("ACROSS", ACROSS)
          .replace("WITHIN_ONE", WITHIN_ONE)
          .replace("END", END);

  /** The sums that stand for the rest; likewise. */
  public static final String WHOLE =
      """
      state_quarter_day WHERE bucket >= :firstQuarter AND bucket < :lastQuarter AND SERVICE
      """;

  private QuarterDays() {}

  /**
   * Sums up intervals as the table does.
   *
   * @param time the expression for the length of each
   * @param came the condition that it began where it counts as a sleep or a stop
   */
  public static String figures(String time, String came) {
    return """
    SPENT(state = 'RUNNING') AS running,
    SPENT(state = 'SLEEPING') AS sleeping,
    SPENT(state = 'STOPPED') AS stopped,
    SPENT(state IN ('FALLING_ASLEEP', 'WAKING')) AS in_transition,
    SPENT(state = 'FAILED') AS failed,
    SPENT(state = 'UNKNOWN') AS unknown,
    TIMES('SLEEPING') AS sleeps,
    TIMES('STOPPED') AS stops
    """
        .replaceAll("SPENT\\((.*)\\) AS", "coalesce(sum(TIME) FILTER (WHERE $1), interval '0') AS")
        .replaceAll(
            "TIMES\\((.*)\\) AS",
            "count(*) FILTER (WHERE CAME AND state = $1 AND state_before NOT IN ($1, 'UNKNOWN')) AS")
        .replace("TIME)", time + ")")
        .replace("CAME", came);
  }

  /** With the arguments {@code fromQuarter}, {@code firstQuarter} and {@code lastQuarter}. */
  public static StatementSpec within(StatementSpec statement, TimeWindow window) {
    Instant begun = floor(window.from());
    Instant first = begun.equals(window.from()) ? begun : begun.plus(SIZE);
    Instant last = floor(window.to());
    if (last.isBefore(first)) {
      first = window.to();
      last = window.to();
    }
    return statement
        .param("fromQuarter", Times.argument(begun))
        .param("firstQuarter", Times.argument(first))
        .param("lastQuarter", Times.argument(last));
  }

  /** The start of the quarter that {@code at} falls in. */
  public static Instant floor(Instant at) {
    return Bucket.floor(at, SIZE);
  }
}
