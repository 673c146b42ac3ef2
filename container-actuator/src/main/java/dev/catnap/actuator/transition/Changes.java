package dev.catnap.actuator.transition;

import dev.catnap.events.Command;
import dev.catnap.events.Reason;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import dev.catnap.events.WakeStages;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes state changes; their ids follow from what caused them, so telling twice is telling once.
 */
public final class Changes {
  private static final int LONGEST_ID = 512;
  private static final int LONGEST_TEXT = 500;

  private Changes() {}

  /** A change on the way of a command; {@code tookMillis} counts from its receipt. */
  public static StateChange commanded(
      Command command,
      Instant receivedAt,
      String container,
      String host,
      RunState from,
      RunState to,
      Instant at) {
    return new StateChange(
        id(command.id(), container, to),
        command.service(),
        container,
        host,
        from,
        to,
        at,
        command.reason(),
        command.id(),
        command.causedBy(),
        Math.max(0, Duration.between(receivedAt, at).toMillis()),
        null,
        null,
        null,
        null,
        null);
  }

  /** The same change, to {@code FALLING_ASLEEP}, with where that leads. */
  public static StateChange towards(StateChange announcement, RunState towards) {
    return copy(announcement, null, null, null, towards);
  }

  /** How a way down ended that was announced before: what its command would have told. */
  public static StateChange ending(StateChange announcement, RunState to, Instant at) {
    String cause = announcement.commandId() == null ? announcement.id() : announcement.commandId();
    return new StateChange(
        id(cause, announcement.container(), to),
        announcement.service(),
        announcement.container(),
        announcement.host(),
        announcement.to(),
        to,
        at,
        announcement.reason(),
        announcement.commandId(),
        announcement.causedBy(),
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** A change that somebody else made, or that was found so. */
  public static StateChange external(
      String cause,
      String service,
      String container,
      String host,
      RunState from,
      RunState to,
      Instant at,
      @Nullable String failure) {
    return new StateChange(
        id(cause, container, to),
        service,
        container,
        host,
        from,
        to,
        at,
        Reason.EXTERNAL,
        null,
        null,
        null,
        null,
        failure,
        null,
        null,
        null);
  }

  /**
   * The last change of a container.
   *
   * @param last what was told before
   * @param to how it is left
   * @param at when it was found so; told as later than what was told before, should clocks differ
   * @param ending how it ended, where that is news
   */
  public static StateChange gone(
      StateChange last, RunState to, Instant at, @Nullable String ending) {
    return external(
            "gone/" + last.id(),
            last.service(),
            last.container(),
            last.host(),
            last.to(),
            to,
            at.isAfter(last.at()) ? at : last.at().plusMillis(1),
            ending)
        .asGone();
  }

  /** The same change with what was measured or went wrong on the way. */
  public static StateChange with(
      StateChange change,
      @Nullable Long residentBytes,
      @Nullable String failure,
      @Nullable WakeStages stages) {
    String said =
        failure == null || failure.length() <= LONGEST_TEXT
            ? failure
            : failure.substring(0, LONGEST_TEXT) + "...";
    return copy(change, residentBytes, said, stages, change.towards());
  }

  private static StateChange copy(
      StateChange change,
      @Nullable Long residentBytes,
      @Nullable String failure,
      @Nullable WakeStages stages,
      @Nullable RunState towards) {
    return new StateChange(
        change.id(),
        change.service(),
        change.container(),
        change.host(),
        change.from(),
        change.to(),
        change.at(),
        change.reason(),
        change.commandId(),
        change.causedBy(),
        change.tookMillis(),
        residentBytes,
        failure,
        stages,
        towards,
        change.gone());
  }

  private static String id(String cause, String container, RunState to) {
    String id = cause + "/" + container + "/" + to;
    return id.length() <= LONGEST_ID
        ? id
        : UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
