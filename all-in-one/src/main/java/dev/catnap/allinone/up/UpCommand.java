package dev.catnap.allinone.up;

import dev.catnap.allinone.cli.RunOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code catnap up}. */
@Command(
    name = "up",
    description = {
      "Runs everything in one process, with a broker and a database of its own.",
      "Prints 'ready' and the address once everything answers; ends on Ctrl-C."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Each option can be given as the environment variable in brackets.",
      "What happens inside is logged to logs/catnap.log in the data directory.",
      "Exit codes: 0 stopped by Ctrl-C or SIGTERM, 1 failed, 2 not understood."
    })
public final class UpCommand implements Callable<Integer> {
  private static final Path DATA = Path.of("data");

  @Mixin private RunOptions options = new RunOptions();

  /** For the training run of the launcher, which lays down what start-up loads. */
  @Option(names = "--exit-when-ready", hidden = true)
  private boolean exitWhenReady;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    Progress progress = progress(options.json(), spec.commandLine().getOut());
    RunPlan plan = RunPlan.of(options, DATA, progress);
    try (CatnapProcess process = CatnapProcess.start(plan, progress)) {
      if (!exitWhenReady) {
        process.awaitStop();
      }
    }
    return ExitCode.OK;
  }

  /** For a person or for a program. */
  public static Progress progress(boolean json, PrintWriter out) {
    return json ? new JsonProgress(out, Clock.systemUTC()) : new TextProgress(out);
  }
}
