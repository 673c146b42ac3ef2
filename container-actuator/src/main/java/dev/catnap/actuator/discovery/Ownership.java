package dev.catnap.actuator.discovery;

import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.events.Check;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says which service a container is given to us for, if any.
 *
 * <p>{@code catnap.enable=true} gives it; the service is {@code catnap.service}, else the Compose
 * service, else the container's name. {@code catnap.enable=false} keeps it from us whatever a
 * definition says. Without the label a container is ours when a definition of this host names it.
 *
 * @param requiredLabels a labelled container must carry these too; empty: none
 */
public record Ownership(Map<String, String> requiredLabels) {
  public static final String ENABLE = "catnap.enable";
  public static final String SERVICE = "catnap.service";

  /** Marks a container that was created from a definition. */
  public static final String MANAGED = "catnap.managed";

  static final String COMPOSE_SERVICE = "com.docker.compose.service";

  public Ownership {
    requiredLabels = Map.copyOf(requiredLabels);
  }

  /**
   * @param definedBy the service whose definition names the container; null: none does
   * @return null when the container is none of ours
   */
  public @Nullable String serviceOf(ContainerSnapshot container, @Nullable String definedBy) {
    Map<String, String> labels = container.labels();
    String enable = labels.get(ENABLE);
    if (enable == null) {
      return definedBy;
    }
    if (!isLabelled(container)) {
      return enable.strip().equalsIgnoreCase("false") ? null : definedBy;
    }
    String service = labelledService(container);
    return Check.isServiceName(service) ? service : null;
  }

  /** Whether it is given to us by its own labels. */
  public boolean isLabelled(ContainerSnapshot container) {
    String enable = container.labels().getOrDefault(ENABLE, "").strip();
    return (enable.equalsIgnoreCase("true") || enable.equals("1"))
        && container.labels().entrySet().containsAll(requiredLabels.entrySet());
  }

  private static String labelledService(ContainerSnapshot container) {
    String told = container.labels().getOrDefault(SERVICE, "").strip();
    if (!told.isEmpty()) {
      return told;
    }
    String compose = container.labels().getOrDefault(COMPOSE_SERVICE, "").strip();
    return compose.isEmpty() ? container.name() : compose;
  }
}
