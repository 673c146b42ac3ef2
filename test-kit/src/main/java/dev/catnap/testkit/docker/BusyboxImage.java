package dev.catnap.testkit.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.catnap.testkit.TemporaryDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** An image of nothing but the host's busybox and an index page, made without a registry. */
final class BusyboxImage {

  static final String TAG = "catnap-test/busybox:1";
  static final int HTTP_PORT = 8080;

  private static final int BUILD_LIMIT_SECONDS = 120;
  private static final String DOCKERFILE =
      """
      FROM scratch
      COPY busybox /bin/busybox
      RUN ["/bin/busybox", "--install", "-s", "/bin"]
      COPY index.html /www/index.html
      ENV PATH=/bin
      EXPOSE 8080
      CMD ["/bin/busybox", "httpd", "-f", "-p", "8080", "-h", "/www"]
      """;

  private BusyboxImage() {}

  static void buildWhenMissing(DockerClient client) {
    if (!exists(client)) {
      build(client);
    }
  }

  private static boolean exists(DockerClient client) {
    try {
      client.inspectImageCmd(TAG).exec();
      return true;
    } catch (NotFoundException missing) {
      return false;
    }
  }

  private static void build(DockerClient client) {
    try {
      Path context = TemporaryDirectory.create("test-image");
      Files.copy(StaticBusybox.find(), context.resolve("busybox"));
      Files.writeString(context.resolve("index.html"), "awake\n");
      Files.writeString(context.resolve("Dockerfile"), DOCKERFILE);
      client
          .buildImageCmd(context.toFile())
          .withTags(Set.of(TAG))
          .exec(new BuildImageResultCallback())
          .awaitImageId(BUILD_LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
