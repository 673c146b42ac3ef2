package dev.catnap.cost.ledger;

import dev.catnap.events.ResourceSample;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.StateChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a batch of records says. */
public final class Facts {
  private final List<StateChange> changes = new ArrayList<>();
  private final List<ResourceSample> samples = new ArrayList<>();
  private final List<ServiceDefinition> definitions = new ArrayList<>();

  public void add(StateChange change) {
    changes.add(Storable.check(change));
  }

  public void add(ResourceSample sample) {
    samples.add(Storable.check(sample));
  }

  public void add(ServiceDefinition definition) {
    definitions.add(Storable.check(definition));
  }

  public List<StateChange> changes() {
    return changes;
  }

  public List<ResourceSample> samples() {
    return samples;
  }

  /** In the order of the log: of two with the same time the later stands. */
  public List<ServiceDefinition> definitions() {
    return definitions;
  }

  /** Names of all services concerned, in order. */
  public Set<String> services() {
    Set<String> services = new TreeSet<>();
    changes.forEach(change -> services.add(change.service()));
    samples.forEach(sample -> services.add(sample.service()));
    definitions.forEach(definition -> services.add(definition.name()));
    return services;
  }
}
