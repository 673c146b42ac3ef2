package dev.catnap.actuator.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.engine.ContainerStatus;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnershipTest {
  private final Ownership ownership = new Ownership(Map.of());

  private static ContainerSnapshot container(Map<String, String> labels) {
    return ContainerSnapshot.listed(
        "id", "shop-web-1", ContainerStatus.RUNNING, null, null, labels);
  }

  @Test
  void withoutLabelOrDefinition_itIsAStranger() {
    assertThat(ownership.serviceOf(container(Map.of()), null)).isNull();
    assertThat(ownership.serviceOf(container(Map.of("catnap.service", "web")), null)).isNull();
  }

  @Test
  void theServiceIsNamedByLabel_elseByCompose_elseByTheContainer() {
    Map<String, String> compose =
        Map.of("catnap.enable", "true", "com.docker.compose.service", "web");
    assertThat(ownership.serviceOf(container(Map.of("catnap.enable", "true")), null))
        .isEqualTo("shop-web-1");
    assertThat(ownership.serviceOf(container(compose), null)).isEqualTo("web");
    assertThat(
            ownership.serviceOf(
                container(Map.of("catnap.enable", "true", "catnap.service", "shop")), null))
        .isEqualTo("shop");
  }

  @Test
  void aDefinitionNamesIt_unlessItsOwnLabelSaysNo() {
    assertThat(ownership.serviceOf(container(Map.of()), "web")).isEqualTo("web");
    assertThat(ownership.serviceOf(container(Map.of("catnap.enable", "false")), "web")).isNull();
  }

  @Test
  void aNameThatIsNone_isNotTaken() {
    Map<String, String> labels = Map.of("catnap.enable", "true", "catnap.service", "my shop!");
    assertThat(ownership.serviceOf(container(labels), null)).isNull();
  }

  @Test
  void requiredLabels_narrowWhatIsOurs() {
    Ownership narrow = new Ownership(Map.of("stage", "test"));
    assertThat(narrow.serviceOf(container(Map.of("catnap.enable", "true")), null)).isNull();
    assertThat(narrow.serviceOf(container(Map.of("catnap.enable", "true", "stage", "test")), null))
        .isEqualTo("shop-web-1");
  }
}
