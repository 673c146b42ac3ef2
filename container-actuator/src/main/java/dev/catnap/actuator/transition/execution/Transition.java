package dev.catnap.actuator.transition.execution;

import dev.catnap.actuator.transition.Changes;
import dev.catnap.actuator.transition.ServiceContainers.Found.Here;
import dev.catnap.events.Action;
import dev.catnap.events.Command;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import java.time.Instant;

/**
 * A command on its way: what is wanted, of which service, on which host.
 *
 * @param lane where a wake may arrive meanwhile
 */
record Transition(
    Command command, Instant receivedAt, Here service, String host, ServiceLane lane) {
  StateChange change(String container, RunState from, RunState to, Instant at) {
    return Changes.commanded(command, receivedAt, container, host, from, to, at);
  }

  /** That a container is on its way down, to where the command brings it. */
  StateChange announcement(String container, RunState from, Instant at) {
    RunState towards = command.action() == Action.STOP ? RunState.STOPPED : RunState.SLEEPING;
    return Changes.towards(change(container, from, RunState.FALLING_ASLEEP, at), towards);
  }
}
