package dev.catnap.metrics.recommendation.jdbc;

import dev.catnap.metrics.recommendation.Applied;
import dev.catnap.metrics.recommendation.Applied.Limits;
import dev.catnap.metrics.recommendation.Applied.Status;
import dev.catnap.metrics.storage.jdbc.MetricsDatabase;
import dev.catnap.metrics.storage.jdbc.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The recommendations that were applied. */
public final class AppliedStore {
  private final MetricsDatabase database;

  public AppliedStore(MetricsDatabase database) {
    this.database = database;
  }

  public void add(Applied one) {
    database
        .client()
        .sql(
            """
            INSERT INTO applied_recommendation (id, service, at, watched_until, status,
              memory_before, cpu_before, memory_after, cpu_after)
            VALUES (:id, :service, :at, :until, :status, :mb, :cb, :ma, :ca)
            """)
        .param("id", one.id())
        .param("service", one.service())
        .param("at", Times.argument(one.at()))
        .param("until", Times.argument(one.watchedUntil()))
        .param("status", one.status().name())
        .param("mb", one.before().memoryBytes())
        .param("cb", one.before().cpuCores())
        .param("ma", one.after().memoryBytes())
        .param("ca", one.after().cpuCores())
        .update();
  }

  /** Ends one that is watched; of two who try, one does. */
  public boolean end(String id, Status status, @Nullable String reason, Instant at) {
    return database
            .client()
            .sql(
                """
                UPDATE applied_recommendation SET status = :status, reason = :reason, ended_at = :at
                WHERE id = :id AND status = 'WATCHED'
                """)
            .param("status", status.name())
            .param("reason", reason)
            .param("at", Times.argument(at))
            .param("id", id)
            .update()
        == 1;
  }

  public List<Applied> watched() {
    return database
        .client()
        .sql("SELECT * FROM applied_recommendation WHERE status = 'WATCHED' ORDER BY at, id")
        .query((row, number) -> read(row))
        .list();
  }

  /**
   * In the order of their ids, which is that of time.
   *
   * @param service null: all
   * @param after the id after which they begin; null: from the start
   */
  public List<Applied> page(@Nullable String service, @Nullable String after, int most) {
    return database
        .client()
        .sql(
            """
            SELECT * FROM applied_recommendation
            WHERE (CAST(:service AS text) IS NULL OR service = :service)
              AND (CAST(:after AS text) IS NULL OR id > :after)
            ORDER BY id LIMIT :most
            """)
        .param("service", service)
        .param("after", after)
        .param("most", most)
        .query((row, number) -> read(row))
        .list();
  }

  private static Applied read(ResultSet row) throws SQLException {
    return new Applied(
        row.getString("id"),
        row.getString("service"),
        Times.required(row, "at"),
        Times.required(row, "watched_until"),
        Status.valueOf(row.getString("status")),
        row.getString("reason"),
        Times.read(row, "ended_at"),
        new Limits(row.getObject("memory_before", Long.class), Times.number(row, "cpu_before")),
        new Limits(row.getObject("memory_after", Long.class), Times.number(row, "cpu_after")));
  }
}
