package dev.catnap.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NeedTest {

  @Test
  void missing_is_a_skip_or_where_the_machine_must_be_complete_a_failure() {
    assertThat(Need.missing("(only an example)", "No engine.", false).isDisabled()).isTrue();
    assertThatThrownBy(() -> Need.missing("(only an example)", "No engine.", true))
        .hasMessage("No engine. CATNAP_REQUIRE_DOCKER=true makes this a failure.");
  }

  @Test
  @RequiresProgram("sh")
  void present_program_lets_the_test_run() {
    assertThat(Programs.find("sh")).isPresent();
    assertThat(Programs.find("no-such-program")).isEmpty();
  }
}
