package dev.catnap.events;

import dev.catnap.events.ServiceDefinition.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a definition from the nested maps that YAML, JSON and labels all come down to.
 *
 * <p>Every failure is an {@link InvalidFieldException} that names the field by its full path.
 */
public final class DefinitionReader {
  private DefinitionReader() {}

  /**
   * A definition as a person wrote it: a field that is not known is refused.
   *
   * @param source and {@code definedAt} are ours to say, not the writer's
   */
  public static ServiceDefinition readWritten(
      String name, @Nullable Object written, Source source, Instant definedAt) {
    return read(name, written, source, definedAt, true);
  }

  /** A definition from the topic: a field that a newer version added is passed over. */
  public static ServiceDefinition readRecorded(
      String name, @Nullable Object recorded, Instant recordedAt) {
    DefinitionFields fields = DefinitionFields.of("", recorded);
    Instant definedAt = fields.instant("defined_at");
    return read(
        name,
        recorded,
        fields.choice("source", Source.API, Source.class),
        definedAt == null ? recordedAt : definedAt,
        false);
  }

  private static ServiceDefinition read(
      String name, @Nullable Object written, Source source, Instant definedAt, boolean strict) {
    DefinitionFields fields = DefinitionFields.of("", written);
    fields.text("name");
    fields.text("source");
    fields.text("defined_at");
    Integer port = fields.number("port");
    String containerName = fields.text("container_name");
    ServiceDefinition definition =
        new ServiceDefinition(
            name,
            containerName == null ? name : containerName,
            port,
            fields.text("host"),
            container(fields, port, strict),
            fields.flag("auto_start", true),
            fields.list("depends_on", ","),
            sleepPolicy(fields.level("sleep_policy"), strict),
            readiness(fields.level("readiness"), strict),
            lowerCase(fields.list("hosts", ",")),
            notWaking(fields.level("not_waking"), strict),
            fields.text("group"),
            fields.map("labels"),
            source,
            definedAt,
            hold(fields));
    if (strict) {
      fields.refuseOthers();
    }
    return definition;
  }

  private static List<String> lowerCase(List<String> hosts) {
    return hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
  }

  private static ContainerSpec container(
      DefinitionFields fields, @Nullable Integer port, boolean strict) {
    return new ContainerSpec(
        fields.text("image"),
        command(fields),
        fields.map("environment"),
        volumes(fields),
        resources(fields.level("resources"), strict),
        fields.text("user"),
        fields.flag("read_only", false),
        fields.list("networks", ","),
        publish(fields.text("publish"), port),
        fields.list("tmpfs", ","),
        fields.list("cap_add", ","));
  }

  /** A list is taken as it is; one text is run by a shell, as an image's shell form would be. */
  private static List<String> command(DefinitionFields fields) {
    return fields.orDefault(
        "command",
        List.of(),
        (path, value) ->
            value instanceof String text
                ? List.of("sh", "-c", text)
                : DefinitionFields.of("", Map.of("command", value)).list("command"));
  }

  /** An object of source to path, or Compose's list of {@code source:path[:ro]}. */
  private static Map<String, String> volumes(DefinitionFields fields) {
    return fields.orDefault(
        "volumes",
        Map.of(),
        (path, value) -> {
          DefinitionFields one = DefinitionFields.of("", Map.of("volumes", value));
          return value instanceof Map
              ? one.map("volumes")
              : volumesFromList(path, one.list("volumes"));
        });
  }

  private static Map<String, String> volumesFromList(String path, List<String> entries) {
    Map<String, String> volumes = new LinkedHashMap<>();
    for (String entry : entries) {
      int colon = entry.indexOf(':');
      if (colon < 1 || colon == entry.length() - 1) {
        throw new InvalidFieldException(path, "must be source:path or source:path:ro", entry);
      }
      volumes.put(entry.substring(0, colon), entry.substring(colon + 1));
    }
    return volumes;
  }

  /** A known port is published on the loopback address, where a gateway on the host finds it. */
  private static @Nullable String publish(@Nullable String written, @Nullable Integer port) {
    if (written == null || written.equalsIgnoreCase("true")) {
      return port == null ? null : "127.0.0.1:" + port;
    }
    if (written.isEmpty() || written.equalsIgnoreCase("false")) {
      return null;
    }
    String address = written.contains(":") ? written : "127.0.0.1:" + written;
    if (!address.matches(".+:[0-9]{1,5}")) {
      throw new InvalidFieldException(
          "publish", "must be false, a port, or address:port such as 127.0.0.1:8021", written);
    }
    return address;
  }

  private static Resources resources(DefinitionFields fields, boolean strict) {
    Integer pids = fields.number("pids");
    Resources resources =
        new Resources(
            fields.optional("memory", Quantities::bytes),
            fields.optional("cpu", Quantities::cores),
            fields.optional("storage", Quantities::bytes),
            pids == null ? Resources.DEFAULT_PIDS : pids);
    refuseOthers(fields, strict);
    return resources;
  }

  private static SleepPolicy sleepPolicy(DefinitionFields fields, boolean strict) {
    SleepPolicy fallback = SleepPolicy.DEFAULT;
    Duration idleTimeout = fields.duration("idle_timeout", fallback.idleTimeout());
    SleepPolicy policy =
        new SleepPolicy(
            fields.flag("enabled", fallback.enabled()),
            idleTimeout,
            fields.duration("min_sleep_time", shorter(fallback.minSleepTime(), idleTimeout)),
            fields.optional("memory_reservation", Quantities::bytes),
            fields.choice("priority", fallback.priority(), Priority.class),
            fields.orDefault("max_load", fallback.maxLoad(), DefinitionFields::decimal),
            fields.optional("stop_after", Quantities::duration),
            fields.list("schedule", ";"));
    refuseOthers(fields, strict);
    return policy;
  }

  /** Who asks for a short idle timeout and says no more means it. */
  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Readiness readiness(DefinitionFields fields, boolean strict) {
    Duration timeout = fields.duration("timeout", Readiness.DEFAULT_TIMEOUT);
    Readiness readiness = new Readiness(fields.text("http"), fields.number("tcp"), timeout);
    refuseOthers(fields, strict);
    return readiness;
  }

  private static NotWaking notWaking(DefinitionFields fields, boolean strict) {
    NotWaking marks =
        new NotWaking(
            fields.listOrParts("user_agents", ","),
            fields.listOrParts("paths", ","),
            fields.listOrParts("headers", ","));
    refuseOthers(fields, strict);
    return marks;
  }

  private static @Nullable Hold hold(DefinitionFields fields) {
    DefinitionFields hold = fields.level("hold");
    Instant until = hold.instant("until");
    return until == null
        ? null
        : new Hold(hold.choice("mode", Hold.Mode.AWAKE, Hold.Mode.class), until);
  }

  private static void refuseOthers(DefinitionFields fields, boolean strict) {
    if (strict) {
      fields.refuseOthers();
    }
  }

  /**
   * Labels below {@code catnap.} as the nested map that {@link #readWritten} takes: {@code
   * catnap.idle-timeout=10m} is {@code sleep_policy.idle_timeout}, {@code
   * catnap.not-waking.paths=/health,/metrics} is {@code not_waking.paths}.
   */
  public static Map<String, Object> fromLabels(Map<String, String> labels) {
    Map<String, Object> fields = new LinkedHashMap<>();
    Map<String, Object> policy = new LinkedHashMap<>();
    Map<String, Object> readiness = new LinkedHashMap<>();
    Map<String, Object> notWaking = new LinkedHashMap<>();
    for (String label : new ArrayList<>(labels.keySet())) {
      if (!label.startsWith(LABEL_PREFIX)) {
        continue;
      }
      String key = label.substring(LABEL_PREFIX.length());
      String value = labels.getOrDefault(label, "");
      if (key.startsWith("readiness.")) {
        readiness.put(key.substring("readiness.".length()), value);
      } else if (key.startsWith("not-waking.")) {
        notWaking.put(key.substring("not-waking.".length()), value);
      } else if (SERVICE_LABELS.contains(key)) {
        fields.put(key, value);
      } else if (!OWN_LABELS.contains(key)) {
        policy.put(key, value);
      }
    }
    fields.put("sleep_policy", policy);
    fields.put("readiness", readiness);
    fields.put("not_waking", notWaking);
    return fields;
  }

  /** What every label of ours begins with. */
  public static final String LABEL_PREFIX = "catnap.";

  private static final List<String> SERVICE_LABELS =
      List.of("port", "group", "hosts", "depends-on", "labels");

  /** Labels that say which container belongs to whom, and are no part of the definition. */
  private static final List<String> OWN_LABELS = List.of("enable", "service", "managed", "test");
}
