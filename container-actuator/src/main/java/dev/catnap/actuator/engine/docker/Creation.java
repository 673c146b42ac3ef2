package dev.catnap.actuator.engine.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.Volume;
import dev.catnap.actuator.engine.EngineException;
import dev.catnap.events.ContainerSpec;
import dev.catnap.events.Resources;
import dev.catnap.events.ServiceDefinition;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns a definition into Docker's words, hardened: no new privileges, all capabilities dropped but
 * those given back, a limit on processes, never restarted behind our back.
 */
final class Creation {
  static final String MANAGED = "catnap.managed";
  static final String SERVICE = "catnap.service";

  private final DockerSettings settings;

  Creation(DockerSettings settings) {
    this.settings = settings;
  }

  CreateContainerCmd fill(CreateContainerCmd command, ServiceDefinition definition) {
    ContainerSpec spec = definition.container();
    command
        .withName(definition.containerName())
        .withEnv(
            spec.environment().entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .toList())
        .withLabels(Map.of(MANAGED, "true", SERVICE, definition.name()))
        .withHostConfig(hostConfig(definition));
    if (!spec.command().isEmpty()) {
      command.withCmd(spec.command());
    }
    if (spec.user() != null) {
      command.withUser(spec.user());
    }
    Integer port = definition.port();
    if (port != null) {
      command.withExposedPorts(ExposedPort.tcp(port));
    }
    return command;
  }

  private HostConfig hostConfig(ServiceDefinition definition) {
    ContainerSpec spec = definition.container();
    HostConfig host =
        HostConfig.newHostConfig()
            .withSecurityOpts(List.of("no-new-privileges"))
            .withCapDrop(Capability.ALL)
            .withCapAdd(spec.capAdd().stream().map(Creation::capability).toArray(Capability[]::new))
            .withReadonlyRootfs(spec.readOnly())
            .withInit(false)
            .withRestartPolicy(RestartPolicy.noRestart())
            .withLogConfig(rotatingLog())
            .withBinds(spec.volumes().entrySet().stream().map(Creation::bind).toList())
            .withTmpFs(spec.tmpfs().stream().collect(Collectors.toMap(path -> path, path -> "")));
    if (!spec.networks().isEmpty()) {
      host.withNetworkMode(spec.networks().getFirst());
    }
    limit(host, definition);
    publish(host, definition.port(), spec.publish());
    return host;
  }

  private LogConfig rotatingLog() {
    return new LogConfig(
        LogConfig.LoggingType.JSON_FILE,
        Map.of(
            "max-size", settings.logMaxSize(), "max-file", String.valueOf(settings.logMaxFiles())));
  }

  private static void limit(HostConfig host, ServiceDefinition definition) {
    Resources resources = definition.container().resources();
    host.withPidsLimit((long) resources.pids());
    Long memory = resources.memoryBytes();
    if (memory != null) {
      host.withMemory(memory);
    }
    Double cores = resources.cpuCores();
    if (cores != null) {
      host.withNanoCPUs(Math.round(cores * 1e9));
    }
    Long reservation = definition.sleepPolicy().memoryReservation();
    // Docker refuses a reservation of 0, of less than 6 MiB, or above the limit.
    if (reservation != null && reservation >= 6L << 20) {
      host.withMemoryReservation(memory == null ? reservation : Math.min(memory, reservation));
    }
  }

  private static void publish(HostConfig host, @Nullable Integer port, @Nullable String publish) {
    if (port == null || publish == null) {
      return;
    }
    int colon = publish.lastIndexOf(':');
    host.withPortBindings(
        new PortBinding(
            Ports.Binding.bindIpAndPort(
                publish.substring(0, colon), Integer.parseInt(publish.substring(colon + 1))),
            ExposedPort.tcp(port)));
  }

  /** A source that looks like a path is a path on the host, made absolute; else a volume's name. */
  private static Bind bind(Map.Entry<String, String> volume) {
    String source = volume.getKey();
    String target = volume.getValue();
    boolean readOnly = target.endsWith(":ro");
    String path = target.replaceFirst(":r[ow]$", "");
    boolean isPath = source.startsWith("/") || source.startsWith(".") || source.startsWith("~");
    return new Bind(
        isPath ? absolute(source) : source,
        new Volume(path),
        readOnly ? AccessMode.ro : AccessMode.rw);
  }

  private static String absolute(String source) {
    String expanded =
        source.startsWith("~") ? System.getProperty("user.home") + source.substring(1) : source;
    return Path.of(expanded).toAbsolutePath().normalize().toString();
  }

  private static Capability capability(String name) {
    String plain = name.toUpperCase(Locale.ROOT).replaceFirst("^CAP_", "");
    try {
      return Capability.valueOf(plain);
    } catch (IllegalArgumentException e) {
      throw new EngineException(
          EngineException.Kind.REFUSED, "cap_add names no capability: '" + name + "'", e);
    }
  }
}
