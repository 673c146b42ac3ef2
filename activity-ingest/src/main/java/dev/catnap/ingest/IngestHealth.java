package dev.catnap.ingest;

import dev.catnap.ingest.gate.KnownServices;
import dev.catnap.ingest.gate.WaitingRoom;
import dev.catnap.ingest.gate.kafka.StateView;
import dev.catnap.kit.health.SystemPart;

/** How activity-ingest is, in one line. */
record IngestHealth(StateView view, KnownServices known, WaitingRoom room) {
  SystemPart.Report report() {
    if (!view.caughtUp()) {
      return SystemPart.Report.down(
          "the gate refuses everything until it has read the topics once; the broker "
              + (view.isConnected() ? "is there" : "is away"));
    }
    if (!view.isConnected()) {
      return SystemPart.Report.degraded(
          "the broker is away: awake services pass the gate, sleepers cannot be woken; "
              + numbers());
    }
    return new SystemPart.Report(SystemPart.Condition.UP, numbers());
  }

  private String numbers() {
    return known.count() + " services known, " + room.held() + " requests held";
  }
}
