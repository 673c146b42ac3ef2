package dev.catnap.testkit.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;

/** A named volume of a test. */
public final class TestVolume implements AutoCloseable {
  private final DockerClient client;
  private final String name;

  TestVolume(DockerClient client, String name) {
    this.client = client;
    this.name = name;
  }

  public String name() {
    return name;
  }

  /** Removes it with the containers of this JVM's tests, which may use it. */
  @Override
  public void close() {
    Workloads.removeAll();
    try {
      client.removeVolumeCmd(name).exec();
    } catch (NotFoundException gone) {
      // An anonymous one goes with its container.
    }
  }
}
