package dev.catnap.metrics.history.jdbc;

import dev.catnap.events.StateChange;
import dev.catnap.events.WakeStages;
import dev.catnap.metrics.history.StateInterval;
import dev.catnap.metrics.history.Wake;
import dev.catnap.metrics.storage.jdbc.Columns;
import dev.catnap.metrics.storage.jdbc.Dirty.Mark;
import dev.catnap.metrics.storage.jdbc.Times;
import dev.catnap.metrics.window.Bucket;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Sets rows of history by their natural keys. */
final class HistoryRows {
  private static final String CHANGES =
      """
      INSERT INTO state_change (service, container, id, host, from_state, to_state, at, reason,
        command_id, caused_by, took_millis, resident_bytes, failure,
        requested_at, decided_at, received_at, engine_at, ready_at, gone)
      SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
        ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::text[],
        ?::timestamptz[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[],
        ?::boolean[])
      ON CONFLICT (service, container, id) DO UPDATE SET
        host = excluded.host, from_state = excluded.from_state, to_state = excluded.to_state,
        at = excluded.at, reason = excluded.reason, command_id = excluded.command_id,
        caused_by = excluded.caused_by, took_millis = excluded.took_millis,
        resident_bytes = excluded.resident_bytes, failure = excluded.failure,
        requested_at = excluded.requested_at, decided_at = excluded.decided_at,
        received_at = excluded.received_at, engine_at = excluded.engine_at,
        ready_at = excluded.ready_at, gone = excluded.gone
      """;

  private static final String INTERVALS =
      """
      INSERT INTO state_interval
        (service, container, change_id, state, state_before, started_at, ended_at)
      SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
        ?::timestamptz[], ?::timestamptz[])
      ON CONFLICT (service, container, change_id) DO UPDATE SET
        state = excluded.state, state_before = excluded.state_before,
        started_at = excluded.started_at, ended_at = excluded.ended_at
      """;

  private static final String FORGET_WAKES =
      """
      DELETE FROM wake USING unnest(?::text[], ?::text[], ?::text[]) AS t (service, container, id)
      WHERE wake.service = t.service AND wake.container = t.container AND wake.change_id = t.id
      RETURNING wake.service, wake.container, wake.ended_at
      """;

  private static final String WAKES =
      """
      INSERT INTO wake (service, container, change_id, woken_from, succeeded, asked_at, ended_at,
        latency_micros, decided_micros, received_micros, engine_micros, ready_micros)
      SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::boolean[],
        ?::timestamptz[], ?::timestamptz[],
        ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
      """;

  private static final String KNOWN_STARTS =
      """
      SELECT i.service, i.container, i.started_at
      FROM unnest(?::text[], ?::text[], ?::text[]) AS t (service, container, change_id)
      JOIN state_interval i USING (service, container, change_id)
      """;

  private final JdbcTemplate jdbc;
  private final Consumer<Collection<Mark>> touched;
  private final StateRollups states;

  /**
   * @param states sums up intervals as they come
   */
  HistoryRows(JdbcTemplate jdbc, Consumer<Collection<Mark>> touched, StateRollups states) {
    this.jdbc = jdbc;
    this.touched = touched;
    this.states = states;
  }

  /**
   * @param intervals all that may have become different
   * @param wakes all that ended with the change that began one of these intervals
   */
  void write(
      Collection<StateChange> changes,
      Collection<StateInterval> intervals,
      Collection<Wake> wakes) {
    if (changes.isEmpty()) {
      return;
    }
    jdbc.update(CHANGES, changeColumns(changes));
    Set<Mark> quarters = quartersOf(intervals);
    jdbc.update(INTERVALS, intervalColumns(intervals));
    states.roll(quarters);
    Set<Mark> minutes = new HashSet<>(forgetWakes(intervals));
    if (!wakes.isEmpty()) {
      jdbc.update(WAKES, wakeColumns(wakes));
      wakes.forEach(wake -> minutes.add(minute(wake.service(), wake.container(), wake.endedAt())));
    }
    touched.accept(minutes);
  }

  /** Where they begin, and where they began before. */
  private Set<Mark> quartersOf(Collection<StateInterval> intervals) {
    Set<Mark> quarters =
        new HashSet<>(
            jdbc.query(
                KNOWN_STARTS,
                (row, number) ->
                    quarter(row.getString(1), row.getString(2), Times.required(row, "started_at")),
                keys(intervals)));
    intervals.forEach(
        one -> quarters.add(quarter(one.service(), one.container(), one.startedAt())));
    return quarters;
  }

  private static Mark quarter(String service, String container, Instant at) {
    return new Mark(service, container, QuarterDays.floor(at));
  }

  private List<Mark> forgetWakes(Collection<StateInterval> intervals) {
    return jdbc.query(
        FORGET_WAKES,
        (row, number) ->
            minute(row.getString(1), row.getString(2), Times.required(row, "ended_at")),
        keys(intervals));
  }

  private static Object[] keys(Collection<StateInterval> intervals) {
    return Columns.of(intervals)
        .text(StateInterval::service)
        .text(StateInterval::container)
        .text(StateInterval::changeId)
        .arguments();
  }

  private static Mark minute(String service, String container, Instant at) {
    return new Mark(service, container, Bucket.MINUTE.floor(at));
  }

  private static Object[] changeColumns(Collection<StateChange> changes) {
    return Columns.of(changes)
        .text(StateChange::service)
        .text(StateChange::container)
        .text(StateChange::id)
        .text(StateChange::host)
        .name(StateChange::from)
        .name(StateChange::to)
        .instant(StateChange::at)
        .text(StateChange::reason)
        .text(StateChange::commandId)
        .text(StateChange::causedBy)
        .number(StateChange::tookMillis)
        .number(StateChange::residentBytes)
        .text(StateChange::failure)
        .instant(stage(WakeStages::requestedAt))
        .instant(stage(WakeStages::decidedAt))
        .instant(stage(WakeStages::receivedAt))
        .instant(stage(WakeStages::engineAt))
        .instant(stage(WakeStages::readyAt))
        .bool(StateChange::endsHistory)
        .arguments();
  }

  private static Function<StateChange, @Nullable Instant> stage(
      Function<WakeStages, @Nullable Instant> stage) {
    return change -> {
      WakeStages stages = change.stages();
      return stages == null ? null : stage.apply(stages);
    };
  }

  private static Object[] intervalColumns(Collection<StateInterval> intervals) {
    return Columns.of(intervals)
        .text(StateInterval::service)
        .text(StateInterval::container)
        .text(StateInterval::changeId)
        .name(StateInterval::state)
        .name(StateInterval::stateBefore)
        .instant(StateInterval::startedAt)
        .instant(StateInterval::endedAt)
        .arguments();
  }

  private static Object[] wakeColumns(Collection<Wake> wakes) {
    return Columns.of(wakes)
        .text(Wake::service)
        .text(Wake::container)
        .text(Wake::changeId)
        .name(Wake::wokenFrom)
        .bool(Wake::succeeded)
        .instant(Wake::askedAt)
        .instant(Wake::endedAt)
        .number(wake -> micros(wake.latency()))
        .number(wake -> micros(wake.decided()))
        .number(wake -> micros(wake.received()))
        .number(wake -> micros(wake.engine()))
        .number(wake -> micros(wake.ready()))
        .arguments();
  }

  static @Nullable Long micros(@Nullable Duration duration) {
    return duration == null ? null : Long.valueOf(duration.toNanos() / 1_000);
  }
}
