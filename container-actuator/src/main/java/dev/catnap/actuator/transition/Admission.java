package dev.catnap.actuator.transition;

import dev.catnap.events.Action;
import dev.catnap.events.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides which commands still speak for what should be: none twice, none after a newer one, none
 * that is too old.
 *
 * <p>Age matters after a restart, when commands are read again that were decided upon a state of
 * affairs long gone. A wake may be older than the others: bringing up what somebody asked for does
 * no harm. Not safe for use by several threads.
 */
public final class Admission {
  /** Ids remembered, which bounds the memory this takes. */
  private static final int REMEMBERED_IDS = 10_000;

  private static final int REMEMBERED_SERVICES = 10_000;

  private final Duration longestWakeAge;
  private final Duration longestOtherAge;
  private final Map<String, Boolean> ids = bounded(REMEMBERED_IDS);
  private final Map<String, Instant> newest = bounded(REMEMBERED_SERVICES);

  public Admission(Duration longestWakeAge, Duration longestOtherAge) {
    this.longestWakeAge = longestWakeAge;
    this.longestOtherAge = longestOtherAge;
  }

  /**
   * @return null when the command is to be carried out, else why not
   */
  public @Nullable Outcome refuse(Command command, Instant now) {
    if (ids.putIfAbsent(command.id(), true) != null) {
      return Outcome.DUPLICATE;
    }
    Instant last = newest.get(command.service());
    if (last != null && command.at().isBefore(last)) {
      return Outcome.OUTDATED;
    }
    newest.put(command.service(), command.at());
    Duration longest = command.action() == Action.WAKE ? longestWakeAge : longestOtherAge;
    return command.at().plus(longest).isBefore(now) ? Outcome.EXPIRED : null;
  }

  /** Takes note of a command that was dealt with before this process began. */
  public void recognise(Command command) {
    ids.put(command.id(), true);
    newest.merge(command.service(), command.at(), (one, other) -> one.isAfter(other) ? one : other);
  }

  private static <V> Map<String, V> bounded(int most) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > most;
      }
    };
  }
}
