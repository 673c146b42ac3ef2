package dev.catnap.actuator.engine.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.catnap.actuator.engine.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two clients of one engine, made when first needed: one for calls, one for streams, because each
 * stream holds a connection of its client's pool for as long as it lives.
 */
final class DockerConnection implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DockerConnection.class);
  private static final int OK = 200;
  private static final int CALL_CONNECTIONS = 16;
  private static final int STREAM_CONNECTIONS = 8;

  /** The newest version that the client library knows. */
  private static final RemoteApiVersion OURS = RemoteApiVersion.VERSION_1_44;

  private final DockerSettings settings;
  private final DeadlineCalls calls;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Clients clients;

  /** {@code http} is what {@code forCalls} speaks through. */
  private record Clients(
      RemoteApiVersion version,
      DockerHttpClient http,
      DockerClient forCalls,
      DockerClient forStreams) {}

  DockerConnection(DockerSettings settings, DeadlineCalls calls) {
    this.settings = settings;
    this.calls = calls;
  }

  DockerClient calls() {
    return clients().forCalls();
  }

  DockerClient streams() {
    return clients().forStreams();
  }

  /**
   * Asks what the library has no command for.
   *
   * @param path with its query, below the version
   * @throws DockerException with the engine's own words where it answers anything but 200
   */
  byte[] get(String path) {
    Clients made = clients();
    Request request =
        Request.builder()
            .method(Request.Method.GET)
            .path("/v" + made.version().getVersion() + path)
            .build();
    try (Response response = made.http().execute(request);
        InputStream body = response.getBody()) {
      byte[] answer = body.readAllBytes();
      if (response.getStatusCode() != OK) {
        throw new DockerException(
            new String(answer, StandardCharsets.UTF_8), response.getStatusCode());
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Clients clients() {
    Clients made = clients;
    if (made != null) {
      return made;
    }
    lock.lock();
    try {
      if (clients == null) {
        RemoteApiVersion version = negotiate();
        DefaultDockerClientConfig config = config(version);
        DockerHttpClient http = http(config, CALL_CONNECTIONS);
        clients =
            new Clients(
                version,
                http,
                DockerClientImpl.getInstance(config, http),
                DockerClientImpl.getInstance(config, http(config, STREAM_CONNECTIONS)));
      }
      return java.util.Objects.requireNonNull(clients);
    } finally {
      lock.unlock();
    }
  }

  /** The library does not negotiate by itself: the older of its version and the engine's. */
  private RemoteApiVersion negotiate() {
    DefaultDockerClientConfig config = config(RemoteApiVersion.unknown());
    try (DockerClient asking = DockerClientImpl.getInstance(config, http(config, 1))) {
      Version version =
          calls.call("version", settings.callTimeout(), () -> asking.versionCmd().exec());
      String spoken = version.getApiVersion();
      RemoteApiVersion theirs =
          spoken == null ? OURS : RemoteApiVersion.parseConfigWithDefault(spoken);
      RemoteApiVersion agreed = theirs.isGreaterOrEqual(OURS) ? OURS : theirs;
      log.atInfo()
          .addKeyValue("dockerHost", settings.host())
          .addKeyValue("engine", version.getVersion())
          .addKeyValue("api", agreed.getVersion())
          .log("connected to the Docker engine");
      return agreed;
    } catch (IOException e) {
      throw new EngineException(EngineException.Kind.UNREACHABLE, String.valueOf(e), e);
    }
  }

  private DefaultDockerClientConfig config(RemoteApiVersion version) {
    return DefaultDockerClientConfig.createDefaultConfigBuilder()
        .withDockerHost(settings.host())
        .withApiVersion(version)
        .build();
  }

  private static DockerHttpClient http(DefaultDockerClientConfig config, int connections) {
    return new ZerodepDockerHttpClient.Builder()
        .dockerHost(config.getDockerHost())
        .sslConfig(config.getSSLConfig())
        .maxConnections(connections)
        .build();
  }

  @Override
  public void close() {
    Clients made = clients;
    if (made != null) {
      close(made.forCalls());
      close(made.forStreams());
    }
  }

  private static void close(DockerClient client) {
    try {
      client.close();
    } catch (IOException e) {
      log.atDebug().setCause(e).log("Docker client did not close cleanly");
    }
  }
}
