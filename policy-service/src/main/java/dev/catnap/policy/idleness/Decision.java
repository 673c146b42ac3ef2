package dev.catnap.policy.idleness;

import dev.catnap.events.Command;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows from an event.
 *
 * @param commands to write, in this order
 * @param commanded to be applied to the facts once the commands are written; null: no own command
 * @param reviewAt when to look again if nothing else happens; null: not before something does
 */
public record Decision(
    List<Command> commands, PolicyEvent.@Nullable Commanded commanded, @Nullable Instant reviewAt) {
  static final Decision NOTHING = new Decision(List.of(), null, null);

  public Decision {
    commands = List.copyOf(commands);
  }

  static Decision reviewAt(@Nullable Instant reviewAt) {
    return new Decision(List.of(), null, reviewAt);
  }
}
