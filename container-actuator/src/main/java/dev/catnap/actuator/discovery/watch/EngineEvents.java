package dev.catnap.actuator.discovery.watch;

import dev.catnap.actuator.discovery.Inventory;
import dev.catnap.actuator.discovery.Observation;
import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.engine.ContainerStatus;
import dev.catnap.actuator.engine.EngineEvent;
import dev.catnap.actuator.engine.EngineEvent.Kind;
import dev.catnap.events.StateChange;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what the engine tells: keeps the inventory, tells what others did, hands on crashes. */
final class EngineEvents {
  private static final Logger log = LoggerFactory.getLogger(EngineEvents.class);

  private final EngineWatcher.Parts parts;
  private final Supplier<String> host;
  private final Runnable compareSoon;
  private final Set<String> outOfMemory = ConcurrentHashMap.newKeySet();
  private final Set<String> killed = ConcurrentHashMap.newKeySet();

  EngineEvents(EngineWatcher.Parts parts, Supplier<String> host, Runnable compareSoon) {
    this.parts = parts;
    this.host = host;
    this.compareSoon = compareSoon;
  }

  void take(EngineEvent event) {
    Inventory inventory = parts.inventory();
    if (event.kind() == Kind.CREATED) {
      inventory.add(created(event));
      compareSoon.run();
    }
    if (event.kind() == Kind.RENAMED) {
      compareSoon.run();
      return;
    }
    ContainerSnapshot known = inventory.container(event.containerName());
    String service = inventory.serviceOf(known == null ? created(event) : known);
    if (event.kind() == Kind.REMOVED) {
      inventory.remove(event.containerName());
      compareSoon.run();
    }
    if (service != null) {
      parts.executor().lanes().lane(service).observe(() -> observe(event, service));
    }
  }

  private static ContainerSnapshot created(EngineEvent event) {
    return ContainerSnapshot.listed(
        event.containerId(),
        event.containerName(),
        ContainerStatus.CREATED,
        null,
        event.at(),
        event.labels());
  }

  private void observe(EngineEvent event, String service) {
    switch (event.kind()) {
      case OUT_OF_MEMORY -> outOfMemory.add(event.containerId());
      case KILLED -> killed.add(event.containerId());
      case STARTED, REMOVED -> {
        forget(event);
        tell(event, service, false, true);
      }
      case DIED -> {
        boolean forWantOfMemory = outOfMemory.remove(event.containerId());
        tell(event, service, forWantOfMemory, killed.remove(event.containerId()));
      }
      case CREATED, PAUSED, UNPAUSED, RENAMED -> tell(event, service, false, true);
    }
  }

  private void forget(EngineEvent event) {
    outOfMemory.remove(event.containerId());
    killed.remove(event.containerId());
  }

  private void tell(EngineEvent event, String service, boolean forWantOfMemory, boolean wished) {
    StateChange last = parts.journal().last(service, event.containerName());
    StateChange change = Observation.of(event, service, host.get(), last, forWantOfMemory);
    if (change == null) {
      return;
    }
    log.atInfo()
        .addKeyValue("service", service)
        .addKeyValue("container", event.containerName())
        .addKeyValue("event", event.kind())
        .log("changed from outside");
    boolean died = event.kind() == Kind.DIED;
    if (!died
        || !parts.executor().recovery().take(change, event.exitCode(), forWantOfMemory, wished)) {
      parts.journal().publish(change);
    }
  }
}
