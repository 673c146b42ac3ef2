package dev.catnap.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunStateTest {
  @ParameterizedTest
  @CsvSource({
    "'',UNKNOWN",
    "RUNNING,RUNNING",
    "RUNNING SLEEPING,SLEEPING",
    "SLEEPING STOPPED,STOPPED",
    "WAKING SLEEPING,WAKING",
    "FALLING_ASLEEP WAKING,FALLING_ASLEEP",
    "FAILED RUNNING,FAILED",
    "UNKNOWN RUNNING,UNKNOWN"
  })
  void service_isAsAwakeAsItsLeastAwakeContainer(String containers, RunState service) {
    List<RunState> states =
        Arrays.stream(containers.split(" "))
            .filter(s -> !s.isEmpty())
            .map(RunState::valueOf)
            .toList();
    assertThat(RunState.ofService(states)).isEqualTo(service);
  }
}
