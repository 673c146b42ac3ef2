package dev.catnap.allinone.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code catnap status}. */
@Command(
    name = "status",
    description = "Shows every service: its state, since when, its last activity, what comes next.",
    mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {
  @Option(names = "--json", description = "Print the API's answer.")
  private boolean json;

  @Mixin private ApiOptions api = new ApiOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    ApiClient.Answer answer = api.client().get("/services/status?limit=1000");
    if (!answer.isSuccess()) {
      throw new CommandFailedException("no status: " + answer.problem());
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        json
            ? answer.text().strip() + "\n"
            : StatusTable.of(answer.json(), Clock.systemUTC().instant()));
    out.flush();
    return ExitCode.OK;
  }
}
