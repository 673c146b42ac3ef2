package dev.catnap.actuator.transition.execution;

import dev.catnap.events.Command;
import java.time.Instant;

/**
 * A command as it was read.
 *
 * @param done to be called once, when the command needs no reading again
 */
public record ReceivedCommand(Command command, Instant receivedAt, Runnable done) {}
