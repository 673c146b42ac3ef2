package dev.catnap.testkit.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ContainerNetwork;
import dev.catnap.testkit.HttpProbe;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;

/** A container of a test. Each method is one call of the engine and throws what that throws. */
public final class Workload implements AutoCloseable {

  private final DockerClient client;
  private final String id;
  private final int port;

  Workload(DockerClient client, String id) {
    this(client, id, BusyboxImage.HTTP_PORT);
  }

  Workload(DockerClient client, String id, int port) {
    this.client = client;
    this.id = id;
    this.port = port;
  }

  public String id() {
    return id;
  }

  public String name() {
    return inspect().getName().substring(1);
  }

  public void start() {
    client.startContainerCmd(id).exec();
  }

  public void pause() {
    client.pauseContainerCmd(id).exec();
  }

  public void unpause() {
    client.unpauseContainerCmd(id).exec();
  }

  /** Stops without a period of grace: busybox as process 1 ignores SIGTERM. */
  public void stop() {
    client.stopContainerCmd(id).withTimeout(0).exec();
  }

  /** Removes it whatever its state. Harmless when it is gone. */
  public void remove() {
    Workloads.removeWhenThere(client, id);
  }

  public InspectContainerResponse inspect() {
    return client.inspectContainerCmd(id).exec();
  }

  /** In Docker's words: created, running, paused, exited. */
  public String state() {
    return Objects.requireNonNull(inspect().getState().getStatus());
  }

  /**
   * Its own address on the bridge, reachable from the host while it runs or is paused.
   *
   * @throws IllegalStateException when it has none, as while it is stopped
   */
  public String ip() {
    return inspect().getNetworkSettings().getNetworks().values().stream()
        .map(ContainerNetwork::getIpAddress)
        .filter(address -> address != null && !address.isEmpty())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(id + " has no address: " + state()));
  }

  /** For example {@code http://172.17.0.2:8080}. */
  public String url() {
    return "http://" + ip() + ":" + port;
  }

  /** Waits until the container answers HTTP, with any status. */
  public Workload awaitHttp(Duration limit) {
    try (HttpProbe probe = new HttpProbe(url())) {
      Awaitility.await(id + " answers")
          .atMost(limit)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(20))
          .ignoreExceptions()
          .until(() -> probe.get("/").status() > 0);
    }
    return this;
  }

  /** Writes so many zeros to a file in it, while it runs. */
  public void write(String path, long bytes) {
    String exec =
        client
            .execCreateCmd(id)
            .withAttachStdout(true)
            .withAttachStderr(true)
            .withCmd("/bin/sh", "-c", "head -c %d /dev/zero > %s".formatted(bytes, path))
            .exec()
            .getId();
    try {
      client.execStartCmd(exec).exec(new ResultCallback.Adapter<>()).awaitCompletion();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while writing " + path, e);
    }
    Long exitCode = client.inspectExecCmd(exec).exec().getExitCodeLong();
    if (!Objects.equals(exitCode, 0L)) {
      throw new IllegalStateException("writing " + path + " ended with " + exitCode);
    }
  }

  /** Removes it. */
  @Override
  public void close() {
    remove();
  }
}
