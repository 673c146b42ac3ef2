package dev.catnap.cost.ledger.jdbc;

import dev.catnap.cost.database.Columns;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * State changes as spans. Each change is a row of its own; its end is set from its neighbour, so
 * any order of arrival, and any repetition, gives the same rows. A container that is gone is in no
 * state: the row that says so has no length, and costs nothing from then on.
 */
final class SpanStore {
  private static final String INSERT =
      """
      INSERT INTO state_span
        (service, container, from_at, settled, change_id, state, host, reason, resident_bytes,
        gone)
      SELECT * FROM unnest(?::text[], ?::text[], ?::timestamptz[], ?::smallint[], ?::text[],
        ?::text[], ?::text[], ?::text[], ?::bigint[], ?::boolean[])
      ON CONFLICT DO NOTHING
      RETURNING service, container, from_at
      """;

  private static final String RELINK =
      """
      WITH touched AS (
        SELECT service, container, min(at) AS since
        FROM unnest(?::text[], ?::text[], ?::timestamptz[]) AS t (service, container, at)
        GROUP BY service, container
      ), linked AS (
        SELECT s.service, s.container, s.from_at, s.settled, s.change_id,
          CASE WHEN s.gone THEN s.from_at ELSE lead(s.from_at) OVER (
            PARTITION BY s.service, s.container ORDER BY s.from_at, s.settled, s.change_id
          ) END AS until_at
        FROM touched t JOIN state_span s USING (service, container)
        WHERE s.from_at >= coalesce(
          (SELECT max(p.from_at) FROM state_span p
           WHERE p.service = t.service AND p.container = t.container AND p.from_at < t.since),
          t.since)
      )
      UPDATE state_span s SET until_at = l.until_at
      FROM linked l
      WHERE s.service = l.service AND s.container = l.container AND s.from_at = l.from_at
        AND s.settled = l.settled AND s.change_id = l.change_id
        AND s.until_at IS DISTINCT FROM l.until_at
      """;

  private final JdbcTemplate jdbc;

  SpanStore(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Answers where something is new. */
  List<Touched> add(Collection<StateChange> changes) {
    if (changes.isEmpty()) {
      return List.of();
    }
    List<Touched> added =
        jdbc.query(
            INSERT,
            SpanStore::touched,
            new Columns<>(changes)
                .with(StateChange::service)
                .with(StateChange::container)
                .time(StateChange::at)
                .with(SpanStore::settled)
                .with(StateChange::id)
                .with(change -> change.to().name())
                .with(StateChange::host)
                .with(StateChange::reason)
                .with(StateChange::residentBytes)
                .with(StateChange::endsHistory)
                .arguments());
    if (!added.isEmpty()) {
      jdbc.update(RELINK, keys(added));
    }
    return added;
  }

  private static int settled(StateChange change) {
    if (change.endsHistory()) {
      return 2;
    }
    RunState to = change.to();
    return to == RunState.FALLING_ASLEEP || to == RunState.WAKING ? 0 : 1;
  }

  static Object[] keys(Collection<Touched> touched) {
    return new Columns<>(touched)
        .with(Touched::service)
        .with(Touched::container)
        .time(Touched::at)
        .arguments();
  }

  static Touched touched(ResultSet row, int number) throws SQLException {
    return new Touched(
        row.getString(1), row.getString(2), row.getObject(3, OffsetDateTime.class).toInstant());
  }
}
