package dev.catnap.events;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes a definition as the nested maps that {@link DefinitionReader#readRecorded} reads back; the
 * order of the fields is fixed, absent and empty ones are left out.
 */
public final class DefinitionWriter {
  private DefinitionWriter() {}

  public static Map<String, Object> write(ServiceDefinition definition) {
    Map<String, Object> fields = new LinkedHashMap<>();
    ContainerSpec container = definition.container();
    put(fields, "image", container.image());
    put(fields, "container_name", definition.containerName());
    put(fields, "host", definition.host());
    put(fields, "command", container.command());
    put(fields, "port", definition.port());
    fields.put("publish", container.publish() == null ? "false" : container.publish());
    put(fields, "environment", container.environment());
    put(fields, "volumes", container.volumes());
    put(fields, "user", container.user());
    put(fields, "read_only", container.readOnly() ? true : null);
    put(fields, "networks", container.networks());
    put(fields, "tmpfs", container.tmpfs());
    put(fields, "cap_add", container.capAdd());
    put(fields, "resources", resources(container.resources()));
    put(fields, "auto_start", definition.autoStart());
    put(fields, "depends_on", definition.dependsOn());
    put(fields, "sleep_policy", policy(definition.sleepPolicy()));
    put(fields, "readiness", readiness(definition.readiness()));
    put(fields, "hosts", definition.hosts());
    put(fields, "not_waking", notWaking(definition.notWaking()));
    put(fields, "group", definition.group());
    put(fields, "labels", definition.labels());
    put(fields, "source", definition.source().toString());
    put(fields, "defined_at", definition.definedAt().toString());
    put(fields, "hold", hold(definition.hold()));
    return fields;
  }

  private static Map<String, Object> resources(Resources resources) {
    Map<String, Object> fields = new LinkedHashMap<>();
    put(fields, "memory", resources.memoryBytes());
    put(fields, "cpu", resources.cpuCores());
    put(fields, "storage", resources.storageBytes());
    put(fields, "pids", resources.pids());
    return fields;
  }

  /** The policy alone, as it stands in a definition. */
  public static Map<String, Object> policy(SleepPolicy policy) {
    Map<String, Object> fields = new LinkedHashMap<>();
    put(fields, "enabled", policy.enabled());
    put(fields, "idle_timeout", Quantities.write(policy.idleTimeout()));
    put(fields, "min_sleep_time", Quantities.write(policy.minSleepTime()));
    put(fields, "memory_reservation", policy.memoryReservation());
    put(fields, "priority", policy.priority().toString());
    put(fields, "max_load", policy.maxLoad());
    Duration stopAfter = policy.stopAfter();
    put(fields, "stop_after", stopAfter == null ? null : Quantities.write(stopAfter));
    put(fields, "schedule", policy.schedule());
    return fields;
  }

  private static Map<String, Object> readiness(Readiness readiness) {
    Map<String, Object> fields = new LinkedHashMap<>();
    put(fields, "http", readiness.httpPath());
    put(fields, "tcp", readiness.tcpPort());
    put(fields, "timeout", Quantities.write(readiness.timeout()));
    return fields;
  }

  private static Map<String, Object> notWaking(NotWaking marks) {
    Map<String, Object> fields = new LinkedHashMap<>();
    put(fields, "user_agents", marks.userAgents());
    put(fields, "paths", marks.paths());
    put(fields, "headers", marks.headers());
    return fields;
  }

  private static @Nullable Map<String, Object> hold(@Nullable Hold hold) {
    return hold == null
        ? null
        : Map.of("mode", hold.mode().toString(), "until", hold.until().toString());
  }

  private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
    boolean absent =
        value == null
            || (value instanceof Collection<?> items && items.isEmpty())
            || (value instanceof Map<?, ?> entries && entries.isEmpty());
    if (!absent) {
      fields.put(name, isTextMap(name) ? new TreeMap<>((Map<?, ?>) value) : value);
    }
  }

  /** Maps of the user's own keys are sorted, so that equal definitions are equal bytes. */
  private static boolean isTextMap(String name) {
    return name.equals("environment") || name.equals("volumes") || name.equals("labels");
  }
}
