package dev.catnap.actuator.discovery.http;

import dev.catnap.actuator.discovery.Inventory;
import dev.catnap.actuator.discovery.ManagedContainer;
import dev.catnap.actuator.engine.ContainerEngine;
import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.engine.EngineException;
import dev.catnap.actuator.transition.StateJournal;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.kit.http.Page;
import dev.catnap.kit.http.PageQuery;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which containers are managed on this host, and how they are. */
@RestController
@Tag(name = "containers")
public class ContainerController {
  private final Inventory inventory;
  private final StateJournal journal;
  private final ContainerEngine engine;
  private final Supplier<String> host;

  public ContainerController(
      Inventory inventory, StateJournal journal, ContainerEngine engine, Supplier<String> host) {
    this.inventory = inventory;
    this.journal = journal;
    this.engine = engine;
    this.host = host;
  }

  @GetMapping("/containers")
  @Operation(summary = "Managed containers, in order of service and name")
  public Page<ContainerView> containers(PageQuery page) {
    List<ManagedContainer> all = new ArrayList<>(inventory.managed());
    Set<String> names = new HashSet<>();
    all.forEach(managed -> names.add(managed.container().name()));
    for (ServiceDefinition definition : inventory.creatable()) {
      String name = definition.containerName();
      if (names.add(name)) {
        all.add(new ManagedContainer(definition.name(), ContainerSnapshot.absent(name), false));
      }
    }
    return Page.of(all, ContainerController::key, page).map(this::view);
  }

  private static String key(ManagedContainer managed) {
    return managed.service() + "/" + managed.container().name();
  }

  private ContainerView view(ManagedContainer managed) {
    ContainerSnapshot container = inspected(managed.container());
    return ContainerView.of(
        managed.service(),
        container,
        managed.labelled(),
        host.get(),
        journal.last(managed.service(), container.name()));
  }

  /** Limits come with an inspection only, so those on the page are inspected. */
  private ContainerSnapshot inspected(ContainerSnapshot listed) {
    try {
      return engine.inspect(listed.name());
    } catch (EngineException e) {
      return listed;
    }
  }
}
