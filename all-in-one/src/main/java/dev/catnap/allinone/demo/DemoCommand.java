package dev.catnap.allinone.demo;

import dev.catnap.allinone.cli.Durations;
import dev.catnap.allinone.cli.RunOptions;
import dev.catnap.allinone.cli.RunOptions.ManagedKind;
import dev.catnap.allinone.up.CatnapProcess;
import dev.catnap.allinone.up.Progress;
import dev.catnap.allinone.up.RunPlan;
import dev.catnap.allinone.up.UpCommand;
import dev.catnap.embedded.DirectoryLock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code catnap demo}. */
@Command(
    name = "demo",
    description = {
      "Runs 'up' with sample services, a small gateway and traffic, and shows what came of it.",
      "Containers where a Docker engine answers (their image is made here, nothing is pulled),"
          + " else local processes."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Exit codes: 0 done or stopped by Ctrl-C, 1 failed, 2 not understood."})
public final class DemoCommand implements Callable<Integer> {
  private static final Path DATA = Path.of("data", "demo");

  @Mixin private RunOptions options = new RunOptions();

  @Option(
      names = "--duration",
      paramLabel = "DURATION",
      defaultValue = "45s",
      converter = Durations.class,
      description = "How long there is traffic (default: 45s).")
  private Duration duration = Duration.ofSeconds(45);

  @Option(names = "--exit", description = "End after the summary, in place of serving on.")
  private boolean exit;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Progress progress = UpCommand.progress(options.json(), out);
    RunPlan plan = RunPlan.of(options, DATA, progress);
    @Nullable DemoEngine engine =
        plan.runtime() == ManagedKind.DOCKER ? DemoEngine.connect(plan.dockerHost()) : null;
    // Before anything of an earlier demo is removed: it may still run.
    try (DirectoryLock lock = CatnapProcess.claim(plan)) {
      DemoServices services = DemoServices.prepare(plan, engine, progress);
      try (CatnapProcess catnap = CatnapProcess.start(services.plan(), lock, progress)) {
        services.removeWhenStopped(catnap);
        Demo demo =
            new Demo(
                catnap,
                services.ports(),
                progress,
                new DemoSummary(out, options.json()),
                Clock.systemUTC());
        demo.run(duration);
        if (!exit) {
          catnap.awaitStop();
        }
      }
    } finally {
      if (engine != null) {
        engine.close();
      }
    }
    return ExitCode.OK;
  }
}
