package dev.catnap.allinone;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catnap.allinone.cli.CommandFailedException;
import dev.catnap.testkit.TemporaryDirectory;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A setting that is wrong stops the start with its name, the rule and the value. */
class WrongSettingsTest {
  private final Path data = TemporaryDirectory.create("all-in-one");

  @Test
  void aWrongSettingIsNamed() {
    assertThatThrownBy(() -> start("catnap.kafka.partitions", "0"))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("catnap.kafka.partitions must be greater than or equal to 1")
        .hasMessageContaining("'0'");
    assertThatThrownBy(() -> start("catnap.policy-service.tick", "5parsec"))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("catnap.policy-service.tick cannot be read")
        .hasMessageContaining("5parsec");
  }

  private void start(String setting, String value) {
    CatnapFixture.withProcesses(data, null, Map.of(setting, value)).close();
  }
}
