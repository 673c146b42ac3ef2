package dev.catnap.metrics.history.jdbc;

import dev.catnap.events.Reason;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import dev.catnap.events.WakeStages;
import dev.catnap.metrics.storage.jdbc.Columns;
import dev.catnap.metrics.storage.jdbc.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads the stretch of a container's history that new changes can affect. */
final class HistorySlices {
  /**
   * Of each container touched: from the second change before the new ones that is not on the way to
   * waking (the first of them ends elsewhere now, and the second tells where a wake that ended
   * there began) to one change beyond the first such behind them. Where a change is known under the
   * id already, at another time, the stretch covers both times.
   */
  private static final String SLICES =
      """
      WITH told AS (
        SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[])
          AS t (service, container, id, at)
      ), times AS (
        SELECT service, container, at FROM told
        UNION ALL
        SELECT c.service, c.container, c.at
        FROM told JOIN state_change c USING (service, container, id)
      ), span AS (
        SELECT service, container, min(at) AS lo, max(at) AS hi
        FROM times GROUP BY service, container
      )
      SELECT c.* FROM span s
      LEFT JOIN LATERAL (SELECT max(at) AS at FROM state_change
        WHERE service = s.service AND container = s.container
          AND at < s.lo AND to_state <> 'WAKING') b1 ON true
      LEFT JOIN LATERAL (SELECT max(at) AS at FROM state_change
        WHERE service = s.service AND container = s.container
          AND at < b1.at AND to_state <> 'WAKING') b2 ON true
      LEFT JOIN LATERAL (SELECT min(at) AS at FROM state_change
        WHERE service = s.service AND container = s.container
          AND at > s.hi AND to_state <> 'WAKING') a1 ON true
      LEFT JOIN LATERAL (SELECT min(at) AS at FROM state_change
        WHERE service = s.service AND container = s.container AND at > a1.at) a2 ON true
      JOIN state_change c ON c.service = s.service AND c.container = s.container
        AND c.at >= coalesce(b2.at, '-infinity') AND c.at <= coalesce(a2.at, 'infinity')
      """;

  private final JdbcTemplate jdbc;

  HistorySlices(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** By {@link StateChange#containerKey()}; containers not heard of yet are not in it. */
  Map<String, List<StateChange>> around(Collection<StateChange> changes) {
    Map<String, List<StateChange>> slices = new HashMap<>();
    jdbc.query(
        SLICES,
        row -> {
          StateChange change = read(row);
          slices.computeIfAbsent(change.containerKey(), key -> new ArrayList<>()).add(change);
        },
        Columns.of(changes)
            .text(StateChange::service)
            .text(StateChange::container)
            .text(StateChange::id)
            .instant(StateChange::at)
            .arguments());
    return slices;
  }

  static StateChange read(ResultSet row) throws SQLException {
    return new StateChange(
        row.getString("id"),
        row.getString("service"),
        row.getString("container"),
        row.getString("host"),
        RunState.valueOf(row.getString("from_state")),
        RunState.valueOf(row.getString("to_state")),
        Times.required(row, "at"),
        Reason.valueOf(row.getString("reason").toUpperCase(Locale.ROOT)),
        row.getString("command_id"),
        row.getString("caused_by"),
        row.getObject("took_millis", Long.class),
        row.getObject("resident_bytes", Long.class),
        row.getString("failure"),
        stages(row),
        null,
        row.getBoolean("gone") ? true : null);
  }

  private static WakeStages stages(ResultSet row) throws SQLException {
    return new WakeStages(
        Times.read(row, "requested_at"),
        Times.read(row, "decided_at"),
        Times.read(row, "received_at"),
        Times.read(row, "engine_at"),
        Times.read(row, "ready_at"));
  }
}
