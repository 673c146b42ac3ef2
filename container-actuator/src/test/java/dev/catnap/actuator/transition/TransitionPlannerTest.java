package dev.catnap.actuator.transition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.engine.ContainerStatus;
import dev.catnap.events.Action;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransitionPlannerTest {
  @ParameterizedTest
  @CsvSource({
    "WAKE,  ABSENT,     CREATE_AND_START",
    "WAKE,  CREATED,    START",
    "WAKE,  RUNNING,    ALREADY_THERE",
    "WAKE,  PAUSED,     UNPAUSE",
    "WAKE,  RESTARTING, ALREADY_THERE",
    "WAKE,  EXITED,     START",
    "WAKE,  DEAD,       REFUSE",
    "SLEEP, ABSENT,     ALREADY_THERE",
    "SLEEP, CREATED,    ALREADY_THERE",
    "SLEEP, RUNNING,    PAUSE",
    "SLEEP, PAUSED,     ALREADY_THERE",
    "SLEEP, RESTARTING, REFUSE",
    "SLEEP, EXITED,     ALREADY_THERE",
    "SLEEP, DEAD,       ALREADY_THERE",
    "STOP,  ABSENT,     ALREADY_THERE",
    "STOP,  CREATED,    ALREADY_THERE",
    "STOP,  RUNNING,    STOP",
    "STOP,  PAUSED,     STOP",
    "STOP,  RESTARTING, STOP",
    "STOP,  EXITED,     ALREADY_THERE",
    "STOP,  DEAD,       ALREADY_THERE",
  })
  void plansTheOneStep(Action action, ContainerStatus is, Plan.Step step) {
    assertThat(TransitionPlanner.plan(action, container(is), true).step()).isEqualTo(step);
  }

  @Test
  void waking_whatIsNotThereAndCannotBeMade_isRefusedWithWhatToDo() {
    Plan plan = TransitionPlanner.plan(Action.WAKE, container(ContainerStatus.ABSENT), false);
    assertThat(plan.step()).isEqualTo(Plan.Step.REFUSE);
    assertThat(plan.refusal()).contains("web", "image");
  }

  private static ContainerSnapshot container(ContainerStatus status) {
    return ContainerSnapshot.listed("1", "web", status, null, null, Map.of());
  }
}
