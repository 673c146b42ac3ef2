package dev.catnap.metrics.recommendation.jdbc;

import dev.catnap.metrics.recommendation.Applied;
import dev.catnap.metrics.recommendation.Crashes;
import dev.catnap.metrics.storage.jdbc.MetricsDatabase;
import dev.catnap.metrics.storage.jdbc.Times;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether something followed an application that it is to blame for: a kill for want of memory, a
 * wake that failed, or one slower than twice the slowest from that state in the week before. A
 * first wake from a state is slow only from sleep: how long a start takes is not known then.
 */
public final class RegretQuery {
  private static final String FAILURES =
      """
      SELECT failure FROM state_change
      WHERE service = :service AND at > :at AND at <= :until AND from_state = 'RUNNING'
        AND failure IS NOT NULL
      ORDER BY at
      """;

  private static final String SLOW =
      """
      SELECT w.succeeded, w.woken_from, w.latency_micros, w.ended_at
      FROM wake w
      LEFT JOIN LATERAL (SELECT max(b.latency_micros) AS slowest FROM wake b
        WHERE b.service = w.service AND b.woken_from = w.woken_from AND b.succeeded
          AND b.ended_at <= :at AND b.ended_at > :at - interval '7 days') b ON true
      WHERE w.service = :service AND w.ended_at > :at AND w.ended_at <= :until
        AND (NOT w.succeeded OR (w.latency_micros > :slow AND w.latency_micros >
          2 * coalesce(b.slowest, CASE w.woken_from WHEN 'SLEEPING' THEN 0 END)))
      ORDER BY w.ended_at LIMIT 1
      """;

  private final MetricsDatabase database;
  private final Duration slowWake;

  /**
   * @param slowWake no wake is slow that took no longer
   */
  public RegretQuery(MetricsDatabase database, Duration slowWake) {
    this.database = database;
    this.slowWake = slowWake;
  }

  /** For a person; null where there is nothing to regret. */
  public @Nullable String regret(Applied applied) {
    String kill =
        database
            .client()
            .sql(FAILURES)
            .param("service", applied.service())
            .param("at", Times.argument(applied.at()))
            .param("until", Times.argument(applied.watchedUntil()))
            .query((row, number) -> String.valueOf(row.getString(1)))
            .list()
            .stream()
            .filter(Crashes::isOutOfMemory)
            .findFirst()
            .orElse(null);
    return kill == null ? slowWake(applied) : kill;
  }

  private @Nullable String slowWake(Applied applied) {
    return database
        .client()
        .sql(SLOW)
        .param("service", applied.service())
        .param("at", Times.argument(applied.at()))
        .param("until", Times.argument(applied.watchedUntil()))
        .param("slow", slowWake.toNanos() / 1_000)
        .query((row, number) ->
            row.getBoolean("succeeded")
                ? String.format(
                    Locale.ROOT,
                    "a wake from %s took %d ms at %s",
                    row.getString("woken_from"),
                    row.getLong("latency_micros") / 1_000,
                    Times.required(row, "ended_at"))
                : "a wake failed at " + Times.required(row, "ended_at"))
        .optional()
        .orElse(null);
  }
}
