package dev.catnap.policy.idleness;

import dev.catnap.events.Action;
import dev.catnap.events.Command;
import dev.catnap.events.Reason;
import dev.catnap.policy.rules.Limits;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Turns what is wanted into commands: once at each place, again after a growing pause where nothing
 * followed.
 */
public final class CommandBook {
  private CommandBook() {}

  /**
   * @param position the state change that put the service where it is
   */
  static Decision give(
      Want want, String position, ServiceFacts facts, Instant now, Surroundings around) {
    Issued former = facts.issued();
    int sequence = 1;
    int tries = 1;
    if (former != null && former.position().equals(position)) {
      sequence = former.sequence() + 1;
    }
    if (former != null && former.stands(position, want.action())) {
      if (!mayRepeat(want, former, facts, now, around.limits())) {
        Instant retryAt = former.retryAt(around.limits());
        return Decision.reviewAt(
            retryAt.isAfter(now) ? retryAt : now.plus(around.limits().longestRetry()));
      }
      tries = former.tries() + 1;
    }
    String id = id(facts.service(), want.action(), position, sequence);
    Issued issued = new Issued(id, want.action(), want.rule(), position, sequence, tries, now);
    return given(want, issued, facts, around);
  }

  private static boolean mayRepeat(
      Want want, Issued former, ServiceFacts facts, Instant now, Limits limits) {
    boolean usedSince = facts.lastActivity() != null && facts.lastActivity().isAfter(former.at());
    boolean soon = want.urgent() || usedSince || former.tries() < limits.automaticAttempts();
    // Who carries it out may have been away for all of the attempts, and comes back.
    Instant next = soon ? former.retryAt(limits) : former.at().plus(limits.rareRetry());
    return !now.isBefore(next);
  }

  private static Decision given(Want want, Issued issued, ServiceFacts facts, Surroundings around) {
    Instant now = issued.at();
    Command command =
        new Command(
            issued.commandId(),
            facts.service(),
            want.action(),
            now,
            want.reason(),
            want.rule(),
            want.causedBy(),
            want.requestedAt());
    List<Command> commands = new ArrayList<>();
    if (want.action() == Action.WAKE) {
      commands.addAll(dependencies(command, around.fleet().dependenciesToWake(facts.service())));
    }
    commands.add(command);
    LastDecision decision =
        new LastDecision(want.action(), want.rule(), want.text(), want.numbers(), now);
    return new Decision(
        commands,
        new PolicyEvent.Commanded(command, issued, decision, now),
        issued.retryAt(around.limits()));
  }

  /** Wakes of what the commanded service needs, caused by its command. */
  public static List<Command> dependencies(Command wake, List<String> needed) {
    return needed.stream()
        .map(name ->
            new Command(
                id(name, Action.WAKE, wake.id(), 1),
                name,
                Action.WAKE,
                wake.at(),
                Reason.DEPENDENCY,
                "depends_on",
                wake.id(),
                wake.requestedAt()))
        .toList();
  }

  /** The same decision at the same place has the same id, however often it is made. */
  private static String id(String service, Action action, @Nullable String position, int sequence) {
    String name = service + '|' + action + '|' + position + '|' + sequence;
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
