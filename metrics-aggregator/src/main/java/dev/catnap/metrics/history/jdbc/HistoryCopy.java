package dev.catnap.metrics.history.jdbc;

import dev.catnap.events.StateChange;
import dev.catnap.events.WakeStages;
import dev.catnap.metrics.history.StateInterval;
import dev.catnap.metrics.history.Wake;
import dev.catnap.metrics.storage.jdbc.BinaryCopy;
import java.util.Collection;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Copies rows of history into their tables; see {@link HistoryRows} for those that may be there.
 */
final class HistoryCopy {
  private static final String CHANGES =
      """
      state_change (service, container, id, host, from_state, to_state, at, reason, command_id,
        caused_by, took_millis, resident_bytes, failure, requested_at, decided_at, received_at,
        engine_at, ready_at, gone)
      """;
  private static final int CHANGE_COLUMNS = 19;
  private static final int INTERVAL_COLUMNS = 7;
  private static final int WAKE_COLUMNS = 12;
  private static final WakeStages UNKNOWN = new WakeStages(null, null, null, null, null);

  private final JdbcTemplate jdbc;

  HistoryCopy(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  void changes(Collection<StateChange> changes) {
    BinaryCopy rows = new BinaryCopy();
    for (StateChange change : changes) {
      WakeStages stages = change.stages() == null ? UNKNOWN : change.stages();
      rows.row(CHANGE_COLUMNS)
          .text(change.service())
          .text(change.container())
          .text(change.id())
          .text(change.host())
          .text(change.from().name())
          .text(change.to().name())
          .instant(change.at())
          .text(change.reason().toString())
          .textOrNull(change.commandId())
          .textOrNull(change.causedBy())
          .bigintOrNull(change.tookMillis())
          .bigintOrNull(change.residentBytes())
          .textOrNull(change.failure())
          .instantOrNull(stages.requestedAt())
          .instantOrNull(stages.decidedAt())
          .instantOrNull(stages.receivedAt())
          .instantOrNull(stages.engineAt())
          .instantOrNull(stages.readyAt())
          .bool(change.endsHistory());
    }
    rows.into(jdbc, CHANGES);
  }

  void intervals(Collection<StateInterval> intervals) {
    BinaryCopy rows = new BinaryCopy();
    for (StateInterval interval : intervals) {
      rows.row(INTERVAL_COLUMNS)
          .text(interval.service())
          .text(interval.container())
          .text(interval.changeId())
          .text(interval.state().name())
          .text(interval.stateBefore().name())
          .instant(interval.startedAt())
          .instantOrNull(interval.endedAt());
    }
    rows.into(jdbc, "state_interval");
  }

  void wakes(Collection<Wake> wakes) {
    BinaryCopy rows = new BinaryCopy();
    for (Wake wake : wakes) {
      rows.row(WAKE_COLUMNS)
          .text(wake.service())
          .text(wake.container())
          .text(wake.changeId())
          .text(wake.wokenFrom().name())
          .bool(wake.succeeded())
          .instantOrNull(wake.askedAt())
          .instant(wake.endedAt())
          .bigintOrNull(HistoryRows.micros(wake.latency()))
          .bigintOrNull(HistoryRows.micros(wake.decided()))
          .bigintOrNull(HistoryRows.micros(wake.received()))
          .bigintOrNull(HistoryRows.micros(wake.engine()))
          .bigintOrNull(HistoryRows.micros(wake.ready()));
    }
    rows.into(jdbc, "wake");
  }
}
