package dev.catnap.policy.idleness.http;

import dev.catnap.events.Action;
import dev.catnap.events.Command;
import dev.catnap.events.Reason;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import dev.catnap.events.kafka.Records;
import dev.catnap.events.kafka.Topics;
import dev.catnap.policy.catalog.LiveFleet;
import dev.catnap.policy.catalog.kafka.FleetView;
import dev.catnap.policy.catalog.kafka.LogWriter;
import dev.catnap.policy.idleness.CommandBook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Commands by hand: written to the log at once, past all rules. */
public final class ManualCommands {
  private static final String RULE = "manual";

  private final FleetView view;
  private final LogWriter writer;

  public ManualCommands(FleetView view, LogWriter writer) {
    this.view = view;
    this.writer = writer;
  }

  /** What came of waiting. */
  enum Outcome {
    REACHED,
    FAILED,
    TOO_LATE
  }

  /**
   * A command on its way.
   *
   * @param failedBefore state changes that told of failures before it
   */
  record Given(Command command, Set<String> failedBefore) {}

  /** Writes a command, after those for what it needs, and returns once the broker has it. */
  Given give(String service, Action action, Instant now) {
    return give(List.of(service), action, now).getFirst();
  }

  List<Given> give(List<String> services, Action action, Instant now) {
    List<Given> given = new ArrayList<>();
    List<Command> commands = new ArrayList<>();
    for (String service : services) {
      Command command =
          new Command(
              UUID.randomUUID().toString(), service, action, now, Reason.MANUAL, RULE, null, now);
      if (action == Action.WAKE) {
        commands.addAll(
            CommandBook.dependencies(command, view.fleet().dependenciesToWake(service)));
      }
      commands.add(command);
      given.add(new Given(command, failures(service)));
    }
    if (commands.isEmpty()) {
      return given;
    }
    writer.write(
        commands.stream()
            .map(command -> Records.write(Topics.COMMANDS, command, LogWriter.SOURCE))
            .toList());
    return given;
  }

  private Set<String> failures(String service) {
    return view.fleet().changes(service).stream()
        .filter(change -> change.to() == RunState.FAILED)
        .map(StateChange::id)
        .collect(Collectors.toSet());
  }

  /** Waits until the service is where the command wants it, or fails. */
  Outcome await(Given given, Duration atMost) throws InterruptedException {
    view.await(() -> isReached(given) || hasFailed(given), atMost);
    if (isReached(given)) {
      return Outcome.REACHED;
    }
    return hasFailed(given) ? Outcome.FAILED : Outcome.TOO_LATE;
  }

  private boolean isReached(Given given) {
    LiveFleet fleet = view.fleet();
    RunState state = fleet.state(given.command().service());
    return switch (given.command().action()) {
      case WAKE -> state == RunState.RUNNING;
      case SLEEP -> state == RunState.SLEEPING || state == RunState.STOPPED;
      case STOP -> state == RunState.STOPPED;
    };
  }

  private boolean hasFailed(Given given) {
    return !given.failedBefore().containsAll(failures(given.command().service()));
  }
}
