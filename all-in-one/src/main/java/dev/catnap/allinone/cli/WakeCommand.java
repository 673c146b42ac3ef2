package dev.catnap.allinone.cli;

import picocli.CommandLine.Command;

/** {@code catnap wake NAME}. */
@Command(name = "wake", description = "Wakes a service and waits until it can take requests.")
public final class WakeCommand extends TransitionCommand {
  public WakeCommand() {
    super("wake");
  }
}
