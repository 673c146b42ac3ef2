package dev.catnap.events;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is needed to create the container of a service, where it is not there already.
 *
 * @param image null: the container is adopted, never created
 * @param command replaces the image's command when not empty
 * @param volumes source (a host path or a volume's name) to path in the container, {@code :ro} at
 *     the end of the path for read-only
 * @param user such as {@code 1000:1000}; null: as the image says
 * @param readOnly read-only root file system
 * @param networks to join, in order; empty: the engine's default bridge
 * @param publish host address and port that {@code port} is published on, such as {@code
 *     127.0.0.1:8021}; null: not published
 * @param tmpfs paths that get an in-memory file system
 * @param capAdd capabilities given back after all are dropped
 */
public record ContainerSpec(
    @Nullable String image,
    List<String> command,
    Map<String, String> environment,
    Map<String, String> volumes,
    Resources resources,
    @Nullable String user,
    boolean readOnly,
    List<String> networks,
    @Nullable String publish,
    List<String> tmpfs,
    List<String> capAdd) {
  public static final ContainerSpec ADOPTED =
      new ContainerSpec(
          null,
          List.of(),
          Map.of(),
          Map.of(),
          Resources.UNLIMITED,
          null,
          false,
          List.of(),
          null,
          List.of(),
          List.of());

  public ContainerSpec {
    if (image != null && image.isBlank()) {
      throw new InvalidFieldException("image", "must not be blank", image);
    }
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    volumes = Map.copyOf(volumes);
    networks = List.copyOf(networks);
    tmpfs = List.copyOf(tmpfs);
    capAdd = List.copyOf(capAdd);
  }

  public ContainerSpec withResources(Resources newResources) {
    return new ContainerSpec(
        image,
        command,
        environment,
        volumes,
        newResources,
        user,
        readOnly,
        networks,
        publish,
        tmpfs,
        capAdd);
  }
}
