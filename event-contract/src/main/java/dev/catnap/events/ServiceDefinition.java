package dev.catnap.events;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a service is and how it may sleep. The newest definition of a name wins, wherever it came
 * from.
 *
 * @param containerName name of the container that is created for it
 * @param port the port it listens on inside the container; null where it is not known
 * @param host the Docker host it belongs to; null: the one host there is
 * @param autoStart false: created and started on the first wake
 * @param dependsOn woken first, never asleep while this service is awake
 * @param hosts host names that the gate maps to this service
 * @param notWaking requests that wake nothing and do not count as activity
 * @param group a name to sum costs and trends by
 * @param labels more names to sum by
 * @param definedAt when it was written: a file's modification, a container's creation, a request
 * @param hold kept awake or asleep by hand; a new definition does not lift it
 */
public record ServiceDefinition(
    String name,
    String containerName,
    @Nullable Integer port,
    @Nullable String host,
    ContainerSpec container,
    boolean autoStart,
    List<String> dependsOn,
    SleepPolicy sleepPolicy,
    Readiness readiness,
    List<String> hosts,
    NotWaking notWaking,
    @Nullable String group,
    Map<String, String> labels,
    Source source,
    Instant definedAt,
    @Nullable Hold hold) {
  /** Where a definition came from. On the wire in lower case. */
  public enum Source {
    FILE,
    LABELS,
    API;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public ServiceDefinition {
    Check.serviceName("name", name);
    Check.serviceName("container_name", containerName);
    if (port != null && (port < 1 || port > 65535)) {
      throw new InvalidFieldException("port", "must be a port, 1 to 65535", port);
    }
    dependsOn = List.copyOf(dependsOn);
    for (String dependency : dependsOn) {
      Check.serviceName("depends_on", dependency);
      if (dependency.equals(name)) {
        throw new InvalidFieldException(
            "depends_on", "must not name the service itself", dependency);
      }
    }
    hosts = List.copyOf(hosts);
    Check.present("not_waking", notWaking);
    labels = Map.copyOf(labels);
    Check.present("source", source);
    Check.time("defined_at", definedAt);
  }

  /** A definition with all defaults, of a container that is there already. */
  public static ServiceDefinition adopted(String name, Instant definedAt) {
    return new ServiceDefinition(
        name,
        name,
        null,
        null,
        ContainerSpec.ADOPTED,
        true,
        List.of(),
        SleepPolicy.DEFAULT,
        Readiness.DEFAULT,
        List.of(),
        NotWaking.NONE,
        null,
        Map.of(),
        Source.LABELS,
        definedAt,
        null);
  }

  /** Whether the container can be made when it is missing. */
  public boolean isCreatable() {
    return container.image() != null;
  }

  public ServiceDefinition withHold(@Nullable Hold newHold) {
    return new ServiceDefinition(
        name,
        containerName,
        port,
        host,
        container,
        autoStart,
        dependsOn,
        sleepPolicy,
        readiness,
        hosts,
        notWaking,
        group,
        labels,
        source,
        definedAt,
        newHold);
  }

  public ServiceDefinition withSleepPolicy(SleepPolicy policy) {
    return new ServiceDefinition(
        name,
        containerName,
        port,
        host,
        container,
        autoStart,
        dependsOn,
        policy,
        readiness,
        hosts,
        notWaking,
        group,
        labels,
        source,
        definedAt,
        hold);
  }

  /**
   * With other limits.
   *
   * @param at when that was decided: it is newer than what its source says
   */
  public ServiceDefinition withResources(Resources resources, Instant at) {
    return new ServiceDefinition(
        name,
        containerName,
        port,
        host,
        container.withResources(resources),
        autoStart,
        dependsOn,
        sleepPolicy,
        readiness,
        hosts,
        notWaking,
        group,
        labels,
        source,
        at,
        hold);
  }

  /**
   * What to publish when this definition is read again from its source while {@code current}
   * stands: null when {@code current} is newer or says the same.
   */
  public @Nullable ServiceDefinition succeeding(@Nullable ServiceDefinition current) {
    if (current == null) {
      return this;
    }
    if (current.definedAt().isAfter(definedAt)) {
      return null;
    }
    ServiceDefinition next = withHold(current.hold());
    return next.equals(current) ? null : next;
  }
}
