package dev.catnap.allinone.host;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a Docker engine what it is, over its socket and with no client library: in a few
 * milliseconds, and with an answer in bounded time when the engine hangs.
 */
public final class EngineProbe {
  private static final String DEFAULT_HOST = "unix:///var/run/docker.sock";
  private static final Duration TIMEOUT = Duration.ofSeconds(4);

  private EngineProbe() {}

  /**
   * What was found.
   *
   * @param host where it was looked for
   * @param problem why there is no answer; null when there is one
   */
  public record Finding(
      String host,
      @Nullable String problem,
      String version,
      String apiVersion,
      String cgroupVersion,
      boolean swapLimit,
      boolean liveRestore) {
    public boolean answers() {
      return problem == null;
    }

    private static Finding absent(String host, String problem) {
      return new Finding(host, problem, "", "", "", false, false);
    }
  }

  /** The host that was asked for, else {@code DOCKER_HOST}, else the usual socket. */
  public static String host(@Nullable String wanted) {
    if (wanted != null) {
      return wanted;
    }
    String environment = System.getenv("DOCKER_HOST");
    return environment == null || environment.isBlank() ? DEFAULT_HOST : environment;
  }

  /** Asks the engine, and waits for at most four seconds. */
  public static Finding ask(@Nullable String wantedHost) {
    String host = host(wantedHost);
    CompletableFuture<Finding> finding = new CompletableFuture<>();
    Thread asking = Thread.startVirtualThread(() -> answer(host, finding));
    try {
      return finding.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      asking.interrupt();
      return Finding.absent(host, "no answer within " + TIMEOUT.toSeconds() + " s");
    } catch (ExecutionException e) {
      return Finding.absent(host, reason(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Finding.absent(host, "interrupted");
    }
  }

  private static String reason(@Nullable Throwable cause) {
    String message = cause == null ? null : cause.getMessage();
    return message == null ? String.valueOf(cause) : message;
  }

  private static void answer(String host, CompletableFuture<Finding> finding) {
    try {
      JsonNode version = get(host, "/version");
      JsonNode info = get(host, "/info");
      finding.complete(
          new Finding(
              host,
              null,
              version.path("Version").asString("?"),
              version.path("ApiVersion").asString("?"),
              info.path("CgroupVersion").asString("?"),
              info.path("SwapLimit").asBoolean(false),
              info.path("LiveRestoreEnabled").asBoolean(false)));
    } catch (IOException | JacksonException | IllegalArgumentException e) {
      finding.completeExceptionally(e);
    }
  }

  /** HTTP 1.0: one request a connection, and the answer ends where the connection does. */
  private static JsonNode get(String host, String path) throws IOException {
    try (SocketChannel channel = open(URI.create(host))) {
      channel.write(
          ByteBuffer.wrap(
              "GET %s HTTP/1.0\r\nHost: docker\r\n\r\n"
                  .formatted(path)
                  .getBytes(StandardCharsets.US_ASCII)));
      String answer =
          new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
      int body = answer.indexOf("\r\n\r\n");
      if (body < 0 || !answer.startsWith("HTTP/") || !answer.contains(" 200 ")) {
        throw new IOException("no Docker engine, but something else, answers");
      }
      return JsonMapper.shared().readTree(answer.substring(body + 4));
    }
  }

  private static SocketChannel open(URI host) throws IOException {
    boolean unix = "unix".equals(host.getScheme());
    if (!unix && !"tcp".equals(host.getScheme()) && !"http".equals(host.getScheme())) {
      throw new IllegalArgumentException(
          "a Docker host is unix:///path or tcp://host:port, not " + host);
    }
    SocketAddress address =
        unix
            ? UnixDomainSocketAddress.of(host.getPath())
            : new InetSocketAddress(host.getHost(), host.getPort() < 0 ? 2375 : host.getPort());
    SocketChannel channel =
        unix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
    try {
      channel.connect(address);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }
}
