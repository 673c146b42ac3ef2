package dev.catnap.cost.budget.jdbc;

import dev.catnap.cost.budget.Backoff;
import dev.catnap.cost.budget.BudgetAlert;
import dev.catnap.cost.database.CostDatabase;
import dev.catnap.events.json.Json;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Alerts, and whether each was told on each way. An alert is raised once for a budget, period and
 * threshold, whoever looks; a delivery belongs for a while to whoever took it, so that two
 * instances do not both send it.
 */
public final class AlertOutbox {
  private static final Duration TAKEN_FOR = Duration.ofMinutes(1);

  private final CostDatabase database;

  public AlertOutbox(CostDatabase database) {
    this.database = database;
  }

  /** Ways to tell. */
  public enum Way {
    WEBHOOK,
    TOPIC
  }

  /**
   * A delivery to be made now.
   *
   * @param attempts this one included
   * @param payload the alert as JSON
   */
  public record Due(
      String alertId, String budget, Way way, String target, int attempts, String payload) {}

  /**
   * @param webhook where it is posted to; null: only the topic
   * @return whether it is new
   */
  public boolean raise(BudgetAlert alert, @Nullable String webhook, String topic) {
    return database.write(() -> {
      int added =
          database
              .jdbc()
              .update(
                  """
                  INSERT INTO budget_alert (id, budget, period_start, threshold, raised_at, payload)
                  VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                  """,
                  alert.id(),
                  alert.budget(),
                  Timestamp.from(alert.periodStart()),
                  alert.threshold(),
                  Timestamp.from(alert.at()),
                  Json.MAPPER.writeValueAsString(alert));
      if (added == 1) {
        deliver(alert, Way.TOPIC, topic);
        if (webhook != null) {
          deliver(alert, Way.WEBHOOK, webhook);
        }
      }
      return added == 1;
    });
  }

  private void deliver(BudgetAlert alert, Way way, String target) {
    database
        .jdbc()
        .update(
            "INSERT INTO budget_delivery (alert_id, way, target, next_at) VALUES (?, ?, ?, ?)",
            alert.id(),
            way.name(),
            target,
            Timestamp.from(alert.at()));
  }

  /** Takes what is due, at most 20; nobody else gets it within a minute. */
  public List<Due> take(Instant now) {
    return database.write(() ->
        database
            .jdbc()
            .query(
                """
                UPDATE budget_delivery d SET attempts = attempts + 1, next_at = ?
                FROM budget_alert a
                WHERE a.id = d.alert_id AND (d.alert_id, d.way) IN (
                  SELECT alert_id, way FROM budget_delivery
                  WHERE delivered_at IS NULL AND gave_up_at IS NULL AND next_at <= ?
                  ORDER BY next_at LIMIT 20 FOR UPDATE SKIP LOCKED)
                RETURNING d.alert_id, a.budget, d.way, d.target, d.attempts, a.payload
                """,
                (row, number) ->
                    new Due(
                        row.getString("alert_id"),
                        row.getString("budget"),
                        Way.valueOf(row.getString("way")),
                        row.getString("target"),
                        row.getInt("attempts"),
                        row.getString("payload")),
                Timestamp.from(now.plus(TAKEN_FOR)),
                Timestamp.from(now)));
  }

  public void delivered(Due due, Instant now) {
    update(
        "UPDATE budget_delivery SET delivered_at = ?, problem = NULL WHERE alert_id = ? AND way = ?",
        Timestamp.from(now),
        due.alertId(),
        due.way().name());
  }

  /** It is tried again later, or given up after {@link Backoff#MOST_ATTEMPTS}. */
  public void failed(Due due, String problem, Instant now) {
    boolean last = due.attempts() >= Backoff.MOST_ATTEMPTS;
    update(
        """
        UPDATE budget_delivery SET problem = ?, next_at = ?, gave_up_at = ?::timestamptz
        WHERE alert_id = ? AND way = ?
        """,
        problem,
        Timestamp.from(Backoff.next(due.attempts(), now)),
        last ? now.toString() : null,
        due.alertId(),
        due.way().name());
  }

  private void update(String statement, @Nullable Object... arguments) {
    database.write(() -> database.jdbc().update(statement, arguments));
  }
}
