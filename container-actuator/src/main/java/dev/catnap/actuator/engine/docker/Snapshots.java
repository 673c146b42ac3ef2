package dev.catnap.actuator.engine.docker;

import com.github.dockerjava.api.command.HealthState;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.InternetProtocol;
import com.github.dockerjava.api.model.NetworkSettings;
import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.engine.ContainerStatus;
import dev.catnap.actuator.engine.Health;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads Docker's answers as snapshots. */
final class Snapshots {
  private Snapshots() {}

  static ContainerSnapshot of(InspectContainerResponse answer) {
    ContainerState state = answer.getState();
    ContainerConfig config = answer.getConfig();
    HostConfig host = answer.getHostConfig();
    ContainerStatus status = status(String.valueOf(state.getStatus()));
    boolean ran = status == ContainerStatus.EXITED || status == ContainerStatus.DEAD;
    Long pid = state.getPidLong();
    return new ContainerSnapshot(
        answer.getId(),
        nameOf(answer.getName()),
        status,
        health(state.getHealth()),
        ran && state.getExitCodeLong() != null ? state.getExitCodeLong().intValue() : null,
        ran && Boolean.TRUE.equals(state.getOOMKilled()),
        address(answer.getNetworkSettings()),
        config == null ? null : exposedPort(config.getExposedPorts()),
        pid == null || pid == 0 ? null : pid,
        time(answer.getCreated()),
        time(state.getStartedAt()),
        config == null ? null : stopGrace(config),
        host == null ? null : positive(host.getMemory()),
        host == null ? null : cores(host),
        config == null || config.getLabels() == null ? Map.of() : config.getLabels());
  }

  static ContainerSnapshot of(Container listed) {
    String[] names = listed.getNames();
    return ContainerSnapshot.listed(
        listed.getId(),
        nameOf(names == null ? List.of() : List.of(names), listed.getId()),
        status(String.valueOf(listed.getState())),
        listed.getNetworkSettings() == null
            ? null
            : firstAddress(listed.getNetworkSettings().getNetworks()),
        listed.getCreated() == null ? null : Instant.ofEpochSecond(listed.getCreated()),
        listed.labels == null ? Map.of() : listed.labels);
  }

  /** Links add names such as {@code /web/db}; the container's own has one slash only. */
  static String nameOf(List<String> names, String id) {
    List<String> all = names.stream().map(Snapshots::nameOf).toList();
    return all.stream()
        .filter(name -> !name.contains("/"))
        .findFirst()
        .orElseGet(() -> all.isEmpty() ? id : all.getFirst());
  }

  static String nameOf(String written) {
    return written.startsWith("/") ? written.substring(1) : written;
  }

  private static ContainerStatus status(String said) {
    return switch (said) {
      case "created" -> ContainerStatus.CREATED;
      case "running" -> ContainerStatus.RUNNING;
      case "paused" -> ContainerStatus.PAUSED;
      case "restarting" -> ContainerStatus.RESTARTING;
      case "exited" -> ContainerStatus.EXITED;
      default -> ContainerStatus.DEAD;
    };
  }

  private static Health health(@Nullable HealthState health) {
    if (health == null) {
      return Health.NONE;
    }
    return switch (String.valueOf(health.getStatus())) {
      case "starting" -> Health.STARTING;
      case "healthy" -> Health.HEALTHY;
      case "unhealthy" -> Health.UNHEALTHY;
      default -> Health.NONE;
    };
  }

  private static @Nullable String address(@Nullable NetworkSettings settings) {
    return settings == null ? null : firstAddress(settings.getNetworks());
  }

  private static @Nullable String firstAddress(@Nullable Map<String, ContainerNetwork> networks) {
    if (networks == null) {
      return null;
    }
    // A container in the host's own network has no address: the host's loopback reaches it.
    return networks.containsKey("host")
        ? "127.0.0.1"
        : networks.values().stream()
            .map(ContainerNetwork::getIpAddress)
            .filter(address -> address != null && !address.isEmpty())
            .findFirst()
            .orElse(null);
  }

  private static @Nullable Integer exposedPort(ExposedPort @Nullable [] ports) {
    return ports == null
        ? null
        : Arrays.stream(ports)
            .filter(Objects::nonNull)
            .filter(port -> port.getProtocol() == InternetProtocol.TCP)
            .map(ExposedPort::getPort)
            .min(Integer::compare)
            .orElse(null);
  }

  private static @Nullable Double cores(HostConfig host) {
    Long nanos = positive(host.getNanoCPUs());
    if (nanos != null) {
      return nanos / 1e9;
    }
    Long quota = positive(host.getCpuQuota());
    Long period = positive(host.getCpuPeriod());
    return quota == null
        ? null
        : Double.valueOf((double) quota / (period == null ? 100_000 : period));
  }

  /** The library has no getter for it. */
  private static @Nullable Duration stopGrace(ContainerConfig config) {
    return config.getRawValues().get("StopTimeout") instanceof Number seconds
        ? Duration.ofSeconds(seconds.longValue())
        : null;
  }

  private static @Nullable Long positive(@Nullable Long value) {
    return value == null || value <= 0 ? null : value;
  }

  /** Docker writes year 1 for a time that has not come. */
  private static @Nullable Instant time(@Nullable String written) {
    try {
      Instant time = written == null ? null : OffsetDateTime.parse(written).toInstant();
      return time == null || time.isBefore(Instant.EPOCH) ? null : time;
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
