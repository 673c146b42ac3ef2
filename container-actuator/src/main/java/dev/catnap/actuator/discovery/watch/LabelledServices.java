package dev.catnap.actuator.discovery.watch;

import dev.catnap.actuator.discovery.Inventory;
import dev.catnap.actuator.discovery.LabelledDefinition;
import dev.catnap.actuator.discovery.ManagedContainer;
import dev.catnap.actuator.transition.StateJournal;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.ServiceDefinition.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Services that labels define: announced where their containers are found, and withdrawn once the
 * last of those has been gone from every host for a while. Containers that are made anew meanwhile,
 * as Compose does, take up what their service had, such as a manual hold.
 */
final class LabelledServices {
  private static final Logger log = LoggerFactory.getLogger(LabelledServices.class);

  private final Inventory inventory;
  private final StateJournal journal;
  private final DefinitionSink definitions;
  private final Duration withdrawAfter;
  private final Set<String> toldProblems = new HashSet<>();
  private final Map<String, Instant> emptySince = new HashMap<>();

  /**
   * @param withdrawAfter how long a service outlives its last container
   */
  LabelledServices(
      Inventory inventory,
      StateJournal journal,
      DefinitionSink definitions,
      Duration withdrawAfter) {
    this.inventory = inventory;
    this.journal = journal;
    this.definitions = definitions;
    this.withdrawAfter = withdrawAfter;
  }

  /** Several containers of a service: the newest speaks. */
  void announce(Collection<ManagedContainer> managed, String host) {
    Map<String, ManagedContainer> newest = new LinkedHashMap<>();
    managed.stream()
        .filter(ManagedContainer::labelled)
        .forEach(one -> newest.put(one.service(), one));
    newest.values().forEach(one -> announce(one, host));
  }

  private void announce(ManagedContainer one, String host) {
    LabelledDefinition read = LabelledDefinition.read(one.service(), one.container(), host);
    for (String problem : read.problems()) {
      if (toldProblems.add(one.container().id() + problem)) {
        log.atWarn()
            .addKeyValue("service", one.service())
            .addKeyValue("container", one.container().name())
            .addKeyValue("problem", problem)
            .log("a label cannot be read: its default is used, correct the label");
      }
    }
    definitions.found(read.definition());
  }

  /**
   * @param managed all that is here; what is elsewhere has a state in the journal
   */
  void withdraw(Collection<ManagedContainer> managed, Instant at) {
    Set<String> present = new HashSet<>();
    managed.forEach(one -> present.add(one.service()));
    journal.all().forEach(change -> present.add(change.service()));
    Set<String> empty = new HashSet<>();
    for (ServiceDefinition definition : inventory.definedBy(Source.LABELS)) {
      String service = definition.name();
      if (!present.contains(service)) {
        empty.add(service);
        if (!emptySince.computeIfAbsent(service, first -> at).plus(withdrawAfter).isAfter(at)) {
          definitions.withdrawn(service);
        }
      }
    }
    emptySince.keySet().retainAll(empty);
  }
}
