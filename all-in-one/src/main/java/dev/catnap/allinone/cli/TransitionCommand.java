package dev.catnap.allinone.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command that brings one service somewhere and waits until it is there. */
@Command(
    mixinStandardHelpOptions = true,
    footer = {"", "Exit codes: 0 reached, 1 not reached or failed, 2 not understood."})
abstract class TransitionCommand implements Callable<Integer> {
  private final String action;

  @Parameters(paramLabel = "NAME", description = "The service.")
  private String name = "";

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      defaultValue = "10s",
      converter = Durations.class,
      description = "How long to wait for it (default: 10s; 0: only give the command).")
  private Duration wait = Duration.ofSeconds(10);

  @Option(names = "--json", description = "Print the API's answer.")
  private boolean json;

  @Mixin private ApiOptions api = new ApiOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * @param action as in {@code POST /services/NAME/action}
   */
  TransitionCommand(String action) {
    this.action = action;
  }

  @Override
  public Integer call() {
    return new Transition(api.client(), spec.commandLine().getOut(), json).ask(name, action, wait);
  }
}
