package dev.catnap.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A container went from one state to another.
 *
 * @param id the same for the same change, however often it is told
 * @param host the Docker host it runs on
 * @param at when it was so
 * @param commandId the command it fulfils
 * @param causedBy what that command was caused by
 * @param tookMillis from the command's receipt to the change
 * @param residentBytes memory that stays resident, as measured
 * @param failure why it failed; only when {@code to} is {@code FAILED}, or of a step that was tried
 * @param stages only on changes that end a wake
 * @param towards where a way down leads, {@code SLEEPING} or {@code STOPPED}; only when {@code to}
 *     is {@code FALLING_ASLEEP}
 * @param gone true: the container is managed no longer, because it was removed for good, or given
 *     to Catnap no more; {@code to} is how it was left, and its history ends here. One of that name
 *     that is found later begins another. Null otherwise
 */
public record StateChange(
    String id,
    String service,
    String container,
    String host,
    RunState from,
    RunState to,
    Instant at,
    Reason reason,
    @Nullable String commandId,
    @Nullable String causedBy,
    @Nullable Long tookMillis,
    @Nullable Long residentBytes,
    @Nullable String failure,
    @Nullable WakeStages stages,
    @Nullable RunState towards,
    @Nullable Boolean gone) {
  public StateChange {
    Check.text("id", id);
    Check.serviceName("service", service);
    Check.text("container", container);
    Check.text("host", host);
    Check.present("from", from);
    Check.present("to", to);
    Check.time("at", at);
    Check.present("reason", reason);
    Check.optionalText("commandId", commandId);
    Check.optionalText("causedBy", causedBy);
    if (tookMillis != null) {
      Check.atLeast("tookMillis", 0, tookMillis);
    }
    if (residentBytes != null) {
      Check.atLeast("residentBytes", 0, residentBytes);
    }
    Check.optionalText("failure", failure);
  }

  /** One that follows from no command, and of which there is no more to say. */
  public StateChange(
      String id,
      String service,
      String container,
      String host,
      RunState from,
      RunState to,
      Instant at,
      Reason reason) {
    this(
        id, service, container, host, from, to, at, reason, null, null, null, null, null, null,
        null, null);
  }

  /** The same, as the last of its container. */
  public StateChange asGone() {
    return new StateChange(
        id,
        service,
        container,
        host,
        from,
        to,
        at,
        reason,
        commandId,
        causedBy,
        tookMillis,
        residentBytes,
        failure,
        stages,
        towards,
        true);
  }

  /** Whether the container is managed no longer: it is in no state from then on. */
  public boolean endsHistory() {
    return Boolean.TRUE.equals(gone);
  }

  /** What tells one container of one service from all others. */
  public String containerKey() {
    return service + "/" + container;
  }

  /**
   * The container is about to be stopped, or in the middle of it; what says how that ended comes.
   */
  public boolean announcesStop() {
    return to == RunState.FALLING_ASLEEP && towards == RunState.STOPPED;
  }
}
