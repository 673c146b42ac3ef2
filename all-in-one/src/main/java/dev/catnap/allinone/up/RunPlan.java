package dev.catnap.allinone.up;

import dev.catnap.allinone.cli.CommandFailedException;
import dev.catnap.allinone.cli.RunOptions;
import dev.catnap.allinone.cli.RunOptions.ManagedKind;
import dev.catnap.allinone.host.DataDirectory;
import dev.catnap.allinone.host.EngineProbe;
import dev.catnap.allinone.host.OutsideServers.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be run, with nothing left open.
 *
 * @param port 0: a free one
 * @param services null: no file of definitions
 * @param dockerHost what the engine probe found; null where processes are managed
 * @param kafka bootstrap servers of an outside broker; null: the embedded one
 * @param postgres an outside database; null: the embedded one
 * @param settings further settings of the services, by their full names
 */
public record RunPlan(
    String bind,
    int port,
    Path data,
    @Nullable Path services,
    ManagedKind runtime,
    @Nullable String dockerHost,
    @Nullable String kafka,
    @Nullable Database postgres,
    Map<String, String> settings) {
  private static final Path USUAL_SERVICES = Path.of("services.yml");

  /**
   * Decides what the options leave open: whether there is a Docker engine, and a file of services.
   * From here on the log goes to the data directory.
   *
   * @throws CommandFailedException when an option cannot be followed
   */
  public static RunPlan of(RunOptions options, Path fallbackData, Progress progress) {
    Path data = options.data(fallbackData);
    String problem = DataDirectory.problem(data);
    if (problem != null) {
      throw new CommandFailedException(
          "the data directory cannot be used: " + problem + ". Choose another with --data.");
    }
    LogFile.use(data);
    Path services = services(options.services());
    ManagedKind runtime = options.runtime();
    EngineProbe.Finding engine =
        runtime == ManagedKind.PROCESS ? null : EngineProbe.ask(options.dockerHost());
    boolean docker = engine != null && (engine.answers() || runtime == ManagedKind.DOCKER);
    progress.info("runtime", describe(engine, docker));
    return new RunPlan(
        options.bind(),
        options.port(),
        data,
        services,
        docker ? ManagedKind.DOCKER : ManagedKind.PROCESS,
        engine != null && docker ? engine.host() : null,
        options.kafka(),
        options.postgres(),
        Map.of());
  }

  private static String describe(EngineProbe.@Nullable Finding engine, boolean docker) {
    if (engine == null) {
      return "local processes, as asked for";
    }
    if (engine.answers()) {
      return "containers of Docker %s at %s".formatted(engine.version(), engine.host());
    }
    String problem = "no Docker engine answers at " + engine.host() + " (" + engine.problem() + ")";
    return docker
        ? problem + ": waiting for it, as --runtime docker was given"
        : problem + ": managing local processes instead";
  }

  private static @Nullable Path services(@Nullable Path given) {
    if (given != null && !Files.isReadable(given)) {
      throw new CommandFailedException(
          "the file of services " + given.toAbsolutePath() + " cannot be read");
    }
    Path file = given == null && Files.isReadable(USUAL_SERVICES) ? USUAL_SERVICES : given;
    return file == null ? null : file.toAbsolutePath().normalize();
  }

  /** The same with other services. */
  public RunPlan withServices(Path file) {
    return new RunPlan(bind, port, data, file, runtime, dockerHost, kafka, postgres, settings);
  }

  /** The same with further settings of the services. */
  public RunPlan withSettings(Map<String, String> more) {
    return new RunPlan(bind, port, data, services, runtime, dockerHost, kafka, postgres, more);
  }
}
