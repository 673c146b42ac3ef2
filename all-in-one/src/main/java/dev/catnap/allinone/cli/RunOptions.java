package dev.catnap.allinone.cli;

import dev.catnap.allinone.host.OutsideServers.Database;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to run Catnap: the options of {@code up}, {@code demo} and {@code doctor}. */
public final class RunOptions {
  private static final String UNSET = ":-" + Option.NULL_VALUE + "}";

  /** What is put to sleep. On the command line in any case. */
  public enum ManagedKind {
    DOCKER,
    PROCESS;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "${env:CATNAP_PORT:-9000}",
      description = "Port to listen on (default: 9000; 0: a free one). [CATNAP_PORT]")
  private int port = 9000;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      defaultValue = "${env:CATNAP_BIND:-127.0.0.1}",
      description = "Address to listen on (default: 127.0.0.1). [CATNAP_BIND]")
  private String bind = "127.0.0.1";

  @Option(
      names = "--data",
      paramLabel = "DIRECTORY",
      defaultValue = "${env:CATNAP_DATA" + UNSET,
      description =
          "Where everything is kept (default: ./data, of the demo ./data/demo). [CATNAP_DATA]")
  private @Nullable Path data;

  @Option(
      names = "--services",
      paramLabel = "FILE",
      defaultValue = "${env:CATNAP_SERVICES" + UNSET,
      description =
          "Service definitions (default: services.yml where it is there). [CATNAP_SERVICES]")
  private @Nullable Path services;

  @Option(
      names = "--runtime",
      paramLabel = "docker|process",
      defaultValue = "${env:CATNAP_RUNTIME" + UNSET,
      description =
          "What to manage: containers, or local processes (default: containers where a Docker"
              + " engine answers). [CATNAP_RUNTIME]")
  private @Nullable ManagedKind runtime;

  @Option(
      names = "--docker-host",
      paramLabel = "URI",
      defaultValue = "${env:CATNAP_DOCKER_HOST" + UNSET,
      description =
          "Docker engine (default: DOCKER_HOST, else unix:///var/run/docker.sock)."
              + " [CATNAP_DOCKER_HOST]")
  private @Nullable String dockerHost;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      defaultValue = "${env:CATNAP_KAFKA" + UNSET,
      description = "An outside Kafka in place of the embedded one. [CATNAP_KAFKA]")
  private @Nullable String kafka;

  @Option(
      names = "--postgres",
      paramLabel = "JDBC-URL",
      defaultValue = "${env:CATNAP_POSTGRES" + UNSET,
      description = "An outside PostgreSQL in place of the embedded one. [CATNAP_POSTGRES]")
  private @Nullable String postgres;

  @Option(
      names = "--postgres-user",
      paramLabel = "USER",
      defaultValue = "${env:CATNAP_POSTGRES_USER" + UNSET,
      description = "Its user, where the URL does not say. [CATNAP_POSTGRES_USER]")
  private @Nullable String postgresUser;

  @Option(
      names = "--postgres-password",
      paramLabel = "PASSWORD",
      defaultValue = "${env:CATNAP_POSTGRES_PASSWORD" + UNSET,
      description =
          "Its password, where the URL does not say; better given in the environment."
              + " [CATNAP_POSTGRES_PASSWORD]")
  private @Nullable String postgresPassword;

  @Option(
      names = "--json",
      defaultValue = "${env:CATNAP_JSON:-false}",
      description = "Print JSON, one object a line. [CATNAP_JSON]")
  private boolean json;

  public int port() {
    return port;
  }

  public String bind() {
    return bind;
  }

  public Path data(Path fallback) {
    return (data == null ? fallback : data).toAbsolutePath().normalize();
  }

  public @Nullable Path services() {
    return services;
  }

  public @Nullable ManagedKind runtime() {
    return runtime;
  }

  public @Nullable String dockerHost() {
    return dockerHost;
  }

  public @Nullable String kafka() {
    return kafka;
  }

  public @Nullable Database postgres() {
    return postgres == null ? null : new Database(postgres, postgresUser, postgresPassword);
  }

  public boolean json() {
    return json;
  }
}
