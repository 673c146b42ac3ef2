package dev.catnap.allinone.cli;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the Catnap is that a command talks to. */
public final class ApiOptions {
  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "${env:CATNAP_URL:-" + Option.NULL_VALUE + "}",
      description = "Address of a running Catnap; goes before --bind and --port. [CATNAP_URL]")
  private @Nullable URI url;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      defaultValue = "${env:CATNAP_BIND:-127.0.0.1}",
      description = "Address it listens on (default: 127.0.0.1). [CATNAP_BIND]")
  private String bind = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "${env:CATNAP_PORT:-9000}",
      description = "Port it listens on (default: 9000). [CATNAP_PORT]")
  private int port = 9000;

  /** A client of that Catnap. */
  public ApiClient client() {
    return new ApiClient(url == null ? Addresses.url(bind, port) : url);
  }
}
