package dev.catnap.allinone;

import dev.catnap.allinone.cli.FailureHandler;
import dev.catnap.allinone.cli.ImportCommand;
import dev.catnap.allinone.cli.RatesCommand;
import dev.catnap.allinone.cli.ReplayCommand;
import dev.catnap.allinone.cli.SleepCommand;
import dev.catnap.allinone.cli.StatusCommand;
import dev.catnap.allinone.cli.WakeCommand;
import dev.catnap.allinone.demo.DemoCommand;
import dev.catnap.allinone.doctor.DoctorCommand;
import dev.catnap.allinone.up.UpCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/**
 * The command line of Catnap.
 *
 * <p>Exit codes: 0 done, 1 failed (the reason is the last line on standard error), 2 not
 * understood.
 */
@Command(
    name = "catnap",
    description = "Puts idle containers to sleep and wakes them when somebody needs them.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Catnap.Version.class,
    subcommands = {
      UpCommand.class,
      DemoCommand.class,
      StatusCommand.class,
      WakeCommand.class,
      SleepCommand.class,
      ReplayCommand.class,
      ImportCommand.class,
      RatesCommand.class,
      DoctorCommand.class
    },
    footer = {"", "Exit codes: 0 done, 1 failed, 2 not understood."})
public final class Catnap {
  private Catnap() {}

  public static void main(String[] arguments) {
    int exitCode = run(arguments);
    // up and demo end by a signal; their threads may linger for a moment.
    System.exit(exitCode);
  }

  /** Runs one command line and returns its exit code. */
  public static int run(String... arguments) {
    return new CommandLine(new Catnap())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(new FailureHandler())
        .execute(arguments);
  }

  /** The version in the jar's manifest; {@code dev} when run from class files. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"catnap " + version()};
    }
  }

  /** Catnap's own version. */
  public static String version() {
    @Nullable String written = Catnap.class.getPackage().getImplementationVersion();
    return written == null ? "dev" : written;
  }
}
