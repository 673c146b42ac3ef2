package dev.catnap.actuator.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.engine.ContainerStatus;
import dev.catnap.actuator.engine.Definitions;
import dev.catnap.actuator.transition.ServiceContainers.Found;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InventoryTest {
  private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

  private final Inventory inventory = new Inventory(new Ownership(Map.of()), true, any -> true);

  private static ContainerSnapshot container(String name, int second, Map<String, String> labels) {
    return ContainerSnapshot.listed(
        name + "-id", name, ContainerStatus.RUNNING, null, NOON.plusSeconds(second), labels);
  }

  private static ContainerSnapshot labelled(String name, int second, String service) {
    return container(name, second, Map.of("catnap.enable", "true", "catnap.service", service));
  }

  private List<String> found(String service) {
    return inventory.find(service) instanceof Found.Here here ? here.containers() : List.of();
  }

  @Test
  void containersOfAService_areFoundOldestFirst() {
    inventory.replaceAll(
        List.of(labelled("b", 2, "web"), labelled("a", 3, "web"), labelled("c", 1, "web")));
    assertThat(found("web")).containsExactly("c", "b", "a");
    assertThat(inventory.find("other")).isInstanceOf(Found.Stranger.class);
  }

  @Test
  void whatChanges_isSeenByTheNextQuestion() {
    inventory.replaceAll(List.of(labelled("a", 1, "web")));
    assertThat(found("web")).containsExactly("a");
    inventory.add(labelled("b", 2, "web"));
    assertThat(found("web")).containsExactly("a", "b");
    inventory.remove("a");
    assertThat(found("web")).containsExactly("b");
    inventory.replaceAll(List.of(labelled("b", 2, "shop")));
    assertThat(found("web")).isEmpty();
    assertThat(found("shop")).containsExactly("b");
  }

  @Test
  void aDefinition_givesUsItsContainer_andItsRemovalTakesItAway() {
    ContainerSnapshot plain = container("web-1", 1, Map.of());
    inventory.replaceAll(List.of(plain));
    assertThat(inventory.serviceOf(plain)).isNull();
    inventory.define("web", Definitions.of("web", "container_name", "web-1"));
    assertThat(inventory.serviceOf(plain)).isEqualTo("web");
    assertThat(found("web")).containsExactly("web-1");
    inventory.define("web", null);
    assertThat(inventory.serviceOf(plain)).isNull();
  }

  @Test
  void ofTwoDefinitionsOfOneContainer_theFirstByNameHasIt() {
    ContainerSnapshot plain = container("shared", 1, Map.of());
    inventory.replaceAll(List.of(plain));
    inventory.define("zoo", Definitions.of("zoo", "container_name", "shared"));
    inventory.define("ant", Definitions.of("ant", "container_name", "shared"));
    assertThat(inventory.serviceOf(plain)).isEqualTo("ant");
  }

  @Test
  void aDefinitionOfAnotherHost_givesUsNothing_untilThatHostIsThis() {
    ContainerSnapshot plain = container("web", 1, Map.of());
    inventory.replaceAll(List.of(plain));
    inventory.define("web", Definitions.of("web", "host", "node-2"));
    assertThat(inventory.serviceOf(plain)).isNull();
    inventory.atHost("node-2");
    assertThat(inventory.serviceOf(plain)).isEqualTo("web");
  }
}
