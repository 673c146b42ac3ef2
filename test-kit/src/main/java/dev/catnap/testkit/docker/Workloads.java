package dev.catnap.testkit.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.catnap.testkit.AtJvmEnd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Small real containers to put to sleep. All carry the label {@code catnap.test} with this JVM's
 * run id, and all are removed when the JVM ends, paused ones too. Needs {@link RequiresDocker}.
 */
public final class Workloads {

  /** The label that every container of a test carries. */
  public static final String LABEL = "catnap.test";

  private static final String RUN_ID = UUID.randomUUID().toString().substring(0, 8);
  private static final Set<String> ADOPTED = ConcurrentHashMap.newKeySet();

  private Workloads() {}

  /** This JVM's value of {@link #LABEL}. */
  public static String runId() {
    return RUN_ID;
  }

  /** A client of the engine; closed at the end of the JVM, so do not close it. */
  public static DockerClient client() {
    return Client.INSTANCE;
  }

  /** The image of {@link #web()}: busybox with all its commands. Built at the first call. */
  public static String busyboxImage() {
    return BusyboxImageOnce.TAG;
  }

  /** A container to be: a web server on port 8080 with a page that says {@code awake}. */
  public static WorkloadPlan web() {
    return new WorkloadPlan(busyboxImage());
  }

  /** A new empty volume. Closing it removes all containers too. */
  public static TestVolume volume() {
    return new TestVolume(client(), client().createVolumeCmd().exec().getName());
  }

  /** All containers of this JVM's tests, running or not. */
  public static List<Workload> list() {
    return client()
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(Map.of(LABEL, RUN_ID))
        .exec()
        .stream()
        .map(container -> new Workload(client(), container.getId()))
        .toList();
  }

  /**
   * A container that the code under test makes or made; it is removed at the end as well.
   *
   * @param nameOrId need not exist yet
   */
  public static Workload adopt(String nameOrId) {
    ADOPTED.add(nameOrId);
    return new Workload(client(), nameOrId);
  }

  /** Removes all containers of this JVM's tests now. */
  public static void removeAll() {
    list().forEach(Workload::remove);
    ADOPTED.forEach(nameOrId -> new Workload(client(), nameOrId).remove());
    ADOPTED.clear();
  }

  static void removeWhenThere(DockerClient client, String id) {
    try {
      client.removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
    } catch (NotFoundException gone) {
      // Removed by the test itself.
    }
  }

  private static final class BusyboxImageOnce {
    static final String TAG = build();

    private static String build() {
      BusyboxImage.buildWhenMissing(client());
      return BusyboxImage.TAG;
    }
  }

  private static final class Client {
    static final DockerClient INSTANCE = create();

    private static DockerClient create() {
      DockerEngine engine = DockerEngine.get();
      DefaultDockerClientConfig config =
          DefaultDockerClientConfig.createDefaultConfigBuilder()
              .withDockerHost(engine.host())
              .withApiVersion(engine.apiVersion())
              .build();
      DockerClient client =
          DockerClientImpl.getInstance(
              config,
              new ZerodepDockerHttpClient.Builder()
                  .dockerHost(URI.create(engine.host()))
                  .maxConnections(32)
                  .build());
      AtJvmEnd.run(() -> close(client));
      AtJvmEnd.run(Workloads::removeAll);
      return client;
    }

    private static void close(DockerClient client) {
      try {
        client.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
