package dev.catnap.allinone.cli;

import picocli.CommandLine.Command;

/** {@code catnap sleep NAME}. */
@Command(name = "sleep", description = "Puts a service to sleep and waits until it sleeps.")
public final class SleepCommand extends TransitionCommand {
  public SleepCommand() {
    super("sleep");
  }
}
