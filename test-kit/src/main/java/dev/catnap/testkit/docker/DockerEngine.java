package dev.catnap.testkit.docker;

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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The Docker engine of the test machine: at DOCKER_HOST (unix:// or plain tcp://), else at
 * /var/run/docker.sock.
 *
 * <p>It is asked for its version over a bare socket before any Docker library loads, because these
 * do not negotiate the API version: they read the system property {@code api.version} once.
 */
public final class DockerEngine {

  private static final String DEFAULT_HOST = "unix:///var/run/docker.sock";
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** The newest API that docker-java 3.7 was written for. */
  private static final String NEWEST_KNOWN_API = "1.44";

  private final String host;
  private final Optional<String> apiVersion;
  private final String complaint;

  private DockerEngine(String host) {
    this.host = host;
    Optional<String> answer = Optional.empty();
    String problem = "";
    try {
      answer = Optional.of(older(askInTime(host), NEWEST_KNOWN_API));
    } catch (IOException e) {
      problem = "No Docker engine answers on " + host + " (" + e.getMessage() + ").";
    }
    apiVersion = answer;
    complaint = problem;
    answer.ifPresent(version -> System.setProperty("api.version", version));
  }

  /** The engine of this machine, asked once a JVM. */
  public static DockerEngine get() {
    return Instance.VALUE;
  }

  /** Apart from the outer class, whose initialisation the asking thread would wait for. */
  private static final class Instance {
    static final DockerEngine VALUE = new DockerEngine(hostOfEnvironment());
  }

  private static String hostOfEnvironment() {
    return Optional.ofNullable(System.getenv("DOCKER_HOST"))
        .filter(host -> !host.isBlank())
        .orElse(DEFAULT_HOST);
  }

  public boolean isAvailable() {
    return apiVersion.isPresent();
  }

  /** For example {@code unix:///var/run/docker.sock}. */
  public String host() {
    return host;
  }

  /** What clients are to speak: the older of the engine's and docker-java's newest. */
  public String apiVersion() {
    return apiVersion.orElseThrow(() -> new IllegalStateException(complaint));
  }

  /** Why there is no engine; empty when there is one. */
  String complaint() {
    return complaint;
  }

  /** Asks on a thread of its own: connecting to a frozen engine blocks without end. */
  private static String askInTime(String host) throws IOException {
    CompletableFuture<String> answer = new CompletableFuture<>();
    Thread asking =
        Thread.ofVirtual()
            .start(() -> {
              try {
                answer.complete(ask(URI.create(host)));
              } catch (IOException | RuntimeException e) {
                answer.completeExceptionally(e);
              }
            });
    try {
      return answer.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + LIMIT.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      asking.interrupt();
    }
  }

  private static String ask(URI host) throws IOException {
    boolean unix = "unix".equals(host.getScheme());
    SocketAddress address =
        unix
            ? UnixDomainSocketAddress.of(host.getPath())
            : new InetSocketAddress(host.getHost(), host.getPort());
    try (SocketChannel channel =
        unix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open()) {
      channel.connect(address);
      // HTTP/1.0: the engine closes after the answer, so the answer is all there is to read.
      ByteBuffer request =
          StandardCharsets.US_ASCII.encode("GET /version HTTP/1.0\r\nHost: docker\r\n\r\n");
      while (request.hasRemaining()) {
        channel.write(request);
      }
      byte[] answer = Channels.newInputStream(channel).readAllBytes();
      return apiVersionIn(new String(answer, StandardCharsets.UTF_8));
    }
  }

  private static String apiVersionIn(String answer) throws IOException {
    int body = answer.indexOf("\r\n\r\n");
    if (body < 0) {
      throw new IOException("it answers something that is not HTTP");
    }
    String version =
        JsonMapper.shared().readTree(answer.substring(body)).path("ApiVersion").asString("");
    if (version.isEmpty()) {
      throw new IOException("it answers without an API version");
    }
    return version;
  }

  /** Compares as numbers: 1.9 is older than 1.41. */
  static String older(String one, String other) {
    return minor(one) <= minor(other) ? one : other;
  }

  private static int minor(String version) {
    return Integer.parseInt(version.substring(version.indexOf('.') + 1));
  }
}
