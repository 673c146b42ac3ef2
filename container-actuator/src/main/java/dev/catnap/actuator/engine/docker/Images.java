package dev.catnap.actuator.engine.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.catnap.actuator.engine.EngineException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that an image is on the host. */
final class Images {
  private static final Logger log = LoggerFactory.getLogger(Images.class);

  private final DockerConnection connection;
  private final DeadlineCalls calls;
  private final DockerSettings settings;

  Images(DockerConnection connection, DeadlineCalls calls, DockerSettings settings) {
    this.connection = connection;
    this.calls = calls;
    this.settings = settings;
  }

  void ensure(String image) {
    if (!isLocal(image)) {
      log.atInfo().addKeyValue("image", image).log("pulling image");
      pull(image);
    }
  }

  private boolean isLocal(String image) {
    DockerClient client = connection.calls();
    try {
      calls.call(
          "inspect image", settings.callTimeout(), () -> client.inspectImageCmd(image).exec());
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }

  private void pull(String image) {
    String name = tagged(image);
    try {
      DockerClient client = connection.streams();
      boolean done =
          calls.call(
              "pull of " + image,
              settings.pullTimeout().plusSeconds(5),
              () ->
                  client
                      .pullImageCmd(name)
                      .exec(new PullImageResultCallback())
                      .awaitCompletion(settings.pullTimeout().toMillis(), TimeUnit.MILLISECONDS));
      if (!done) {
        throw missing(image, "pulling took longer than " + settings.pullTimeout(), null);
      }
    } catch (DockerException | DockerClientException e) {
      throw missing(image, String.valueOf(e.getMessage()).strip(), e);
    }
  }

  /** Without a tag Docker's API would pull every tag there is. */
  private static String tagged(String image) {
    String last = image.substring(image.lastIndexOf('/') + 1);
    return last.contains(":") || last.contains("@") ? image : image + ":latest";
  }

  private static EngineException missing(
      String image, String why, @org.jspecify.annotations.Nullable Throwable cause) {
    String message =
        "image "
            + image
            + " is not on this host and cannot be pulled: build it or load it ("
            + why
            + ")";
    return cause == null
        ? new EngineException(EngineException.Kind.NO_IMAGE, message)
        : new EngineException(EngineException.Kind.NO_IMAGE, message, cause);
  }
}
