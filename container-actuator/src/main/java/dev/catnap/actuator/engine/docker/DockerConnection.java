package dev.catnap.actuator.engine.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.catnap.actuator.engine.EngineException;
import java.io.IOException;
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
  private static final int CALL_CONNECTIONS = 16;
  private static final int STREAM_CONNECTIONS = 8;

  /** The newest version that the client library knows. */
  private static final RemoteApiVersion OURS = RemoteApiVersion.VERSION_1_44;

  private final DockerSettings settings;
  private final DeadlineCalls calls;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Clients clients;

  private record Clients(DockerClient forCalls, DockerClient forStreams) {}

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

  private Clients clients() {
    Clients made = clients;
    if (made != null) {
      return made;
    }
    lock.lock();
    try {
      if (clients == null) {
        RemoteApiVersion version = negotiate();
        clients =
            new Clients(client(version, CALL_CONNECTIONS), client(version, STREAM_CONNECTIONS));
      }
      return java.util.Objects.requireNonNull(clients);
    } finally {
      lock.unlock();
    }
  }

  /** The library does not negotiate by itself: the older of its version and the engine's. */
  private RemoteApiVersion negotiate() {
    try (DockerClient asking = client(RemoteApiVersion.unknown(), 1)) {
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

  private DockerClient client(RemoteApiVersion version, int connections) {
    DefaultDockerClientConfig config =
        DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withDockerHost(settings.host())
            .withApiVersion(version)
            .build();
    return DockerClientImpl.getInstance(
        config,
        new ZerodepDockerHttpClient.Builder()
            .dockerHost(config.getDockerHost())
            .sslConfig(config.getSSLConfig())
            .maxConnections(connections)
            .build());
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
