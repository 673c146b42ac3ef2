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
        null);
  }

  /** The same change with what was measured or went wrong on the way. */
  public static StateChange with(
      StateChange change,
      @Nullable Long residentBytes,
      @Nullable String failure,
      @Nullable WakeStages stages) {
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
        failure == null || failure.length() <= LONGEST_TEXT
            ? failure
            : failure.substring(0, LONGEST_TEXT) + "...",
        stages);
  }

  private static String id(String cause, String container, RunState to) {
    String id = cause + "/" + container + "/" + to;
    return id.length() <= LONGEST_ID
        ? id
        : UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
