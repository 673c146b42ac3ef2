package dev.catnap.metrics;

import dev.catnap.events.Reason;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import dev.catnap.events.WakeStages;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** State changes as tests speak of them: what happened how many seconds after the hour. */
public final class Changes {
  /** Yesterday: the broker deletes records older than their topic keeps. */
  public static final LocalDate DAY = LocalDate.now(ZoneOffset.UTC).minusDays(1);

  public static final Instant T0 = DAY.atTime(10, 0).toInstant(ZoneOffset.UTC);

  private Changes() {}

  public static StateChange change(String id, RunState from, RunState to, long secondsAfter) {
    return change("web", id, from, to, T0.plusSeconds(secondsAfter));
  }

  public static StateChange change(
      String service, String id, RunState from, RunState to, Instant at) {
    return new StateChange(id, service, service, "host-1", from, to, at, Reason.IDLE);
  }

  public static StateChange with(StateChange change, WakeStages stages) {
    return new StateChange(
        change.id(),
        change.service(),
        change.container(),
        change.host(),
        change.from(),
        change.to(),
        change.at(),
        change.reason(),
        "command-1",
        "activity-1",
        change.tookMillis(),
        change.residentBytes(),
        change.failure(),
        stages,
        change.towards(),
        change.gone());
  }
}
