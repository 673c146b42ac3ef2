package dev.catnap.actuator.discovery.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.actuator.discovery.Inventory;
import dev.catnap.actuator.discovery.ManagedContainer;
import dev.catnap.actuator.discovery.Ownership;
import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.engine.ContainerStatus;
import dev.catnap.actuator.transition.RecordedStates;
import dev.catnap.actuator.transition.StateJournal;
import dev.catnap.events.DefinitionReader;
import dev.catnap.events.Reason;
import dev.catnap.events.RunState;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.ServiceDefinition.Source;
import dev.catnap.events.StateChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LabelledServicesTest {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

  private final Inventory inventory =
      new Inventory(new Ownership(Map.of()), true, definition -> true);
  private final StateJournal journal = new StateJournal(new RecordedStates());
  private final List<ServiceDefinition> found = new ArrayList<>();
  private final List<String> withdrawn = new ArrayList<>();
  private final LabelledServices services =
      new LabelledServices(
          inventory,
          journal,
          new DefinitionSink() {
            @Override
            public void found(ServiceDefinition definition) {
              found.add(definition);
            }

            @Override
            public void withdrawn(String service) {
              withdrawn.add(service);
            }
          },
          Duration.ofMinutes(1));

  @BeforeEach
  void define() {
    inventory.define("web", defined("web", Source.LABELS));
    inventory.define("kept", defined("kept", Source.API));
  }

  private static ServiceDefinition defined(String name, Source source) {
    return DefinitionReader.readWritten(name, Map.of(), source, NOON);
  }

  private static List<ManagedContainer> present() {
    ContainerSnapshot container =
        ContainerSnapshot.listed(
            "1", "web", ContainerStatus.RUNNING, null, NOON, Map.of("catnap.enable", "true"));
    return List.of(new ManagedContainer("web", container, true));
  }

  @Test
  void theLastContainerGoneForAMinute_takesItsServiceAlong() {
    services.withdraw(present(), NOON);
    services.withdraw(List.of(), NOON.plusSeconds(30));
    services.withdraw(List.of(), NOON.plusSeconds(89));
    assertThat(withdrawn).isEmpty();
    services.withdraw(List.of(), NOON.plusSeconds(90));
    assertThat(withdrawn).containsExactly("web");
  }

  @Test
  void aContainerThatIsMadeAnew_findsItsServiceAsItWas() {
    services.withdraw(List.of(), NOON);
    services.withdraw(present(), NOON.plusSeconds(59));
    services.announce(present(), "here");
    services.withdraw(List.of(), NOON.plusSeconds(70));
    services.withdraw(List.of(), NOON.plusSeconds(129));
    assertThat(withdrawn).isEmpty();
    assertThat(found).extracting(ServiceDefinition::name).containsExactly("web");
  }

  @Test
  void aContainerElsewhere_keepsIt() {
    journal.observed(
        new StateChange(
            "1", "web", "web", "other", RunState.UNKNOWN, RunState.STOPPED, NOON, Reason.EXTERNAL));
    services.withdraw(List.of(), NOON);
    services.withdraw(List.of(), NOON.plusSeconds(3_600));
    assertThat(withdrawn).isEmpty();
  }
}
