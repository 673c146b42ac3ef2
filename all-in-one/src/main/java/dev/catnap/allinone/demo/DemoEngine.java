package dev.catnap.allinone.demo;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.catnap.allinone.Catnap;
import dev.catnap.allinone.cli.CommandFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The demo's own dealings with the Docker engine: its image and its leftovers. What sleeps and
 * wakes the containers is Catnap.
 */
final class DemoEngine implements AutoCloseable {
  /** On the image, and so on every container that is made of it. */
  static final String LABEL = "catnap.demo";

  private static final String CONTENT_LABEL = "catnap.demo.content";
  private static final String REPOSITORY = "catnap-demo";
  private static final int BUILD_MINUTES = 3;

  private final DockerClient client;

  private DemoEngine(DockerClient client) {
    this.client = client;
  }

  /**
   * @param host such as {@code unix:///var/run/docker.sock}; null: as the environment says
   */
  static DemoEngine connect(@Nullable String host) {
    DefaultDockerClientConfig.Builder config =
        DefaultDockerClientConfig.createDefaultConfigBuilder();
    if (host != null) {
      config.withDockerHost(host);
    }
    DefaultDockerClientConfig built = config.build();
    return new DemoEngine(
        DockerClientImpl.getInstance(
            built,
            new ZerodepDockerHttpClient.Builder()
                .dockerHost(built.getDockerHost())
                .sslConfig(built.getSSLConfig())
                .build()));
  }

  static String image() {
    return REPOSITORY + ":" + Catnap.version().toLowerCase(java.util.Locale.ROOT);
  }

  /** Whether the image is there and is what this Catnap and this JDK would make. */
  boolean hasImage() {
    try {
      ContainerConfig config = client.inspectImageCmd(image()).exec().getConfig();
      Map<String, String> labels = config == null ? null : config.getLabels();
      return labels != null && JreImage.content().equals(labels.get(CONTENT_LABEL));
    } catch (NotFoundException absent) {
      return false;
    }
  }

  /** Makes the image from this host's JDK; nothing is pulled. */
  void buildImage() {
    Path context = null;
    try {
      context = Files.createTempDirectory("catnap-demo-image");
      JreImage.write(context.resolve("root"));
      Files.writeString(context.resolve("Dockerfile"), dockerfile());
      client
          .buildImageCmd(context.toFile())
          .withTags(Set.of(image()))
          .withLabels(Map.of(LABEL, "true", CONTENT_LABEL, JreImage.content()))
          .withForcerm(true)
          .exec(new BuildImageResultCallback())
          .awaitImageId(BUILD_MINUTES, TimeUnit.MINUTES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (DockerException e) {
      throw new CommandFailedException("the demo's image cannot be built: " + e.getMessage(), e);
    } finally {
      deleteTree(context);
    }
  }

  private static String dockerfile() {
    return """
    FROM scratch
    COPY root/ /
    ENTRYPOINT ["/jre/bin/java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx16m", "-Xss256k", "-cp", "/app", "%s"]
    """
        .formatted(DemoService.class.getName());
  }

  /** Removes every container of a demo, of this one and of earlier ones, and says how many. */
  int removeContainers() {
    List<Container> containers =
        client.listContainersCmd().withShowAll(true).withLabelFilter(Map.of(LABEL, "true")).exec();
    for (Container container : containers) {
      try {
        client.removeContainerCmd(container.getId()).withForce(true).exec();
      } catch (NotFoundException gone) {
        // Somebody else was quicker.
      }
    }
    return containers.size();
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void deleteTree(@Nullable Path root) {
    if (root == null) {
      return;
    }
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
