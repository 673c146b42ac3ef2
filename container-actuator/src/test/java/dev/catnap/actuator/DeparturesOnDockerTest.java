package dev.catnap.actuator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import dev.catnap.testkit.KafkaServer;
import dev.catnap.testkit.WithKafka;
import dev.catnap.testkit.docker.RequiresDocker;
import dev.catnap.testkit.docker.Workload;
import dev.catnap.testkit.docker.Workloads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the log says of real containers that were removed. */
@RequiresDocker
@WithKafka
class DeparturesOnDockerTest {
  @AfterEach
  void removeContainers() {
    Workloads.removeAll();
  }

  private static Actuator actuator(KafkaServer kafka) {
    return Actuator.onDocker(
        kafka,
        "--catnap.container-actuator.compare-interval=1s",
        "--catnap.container-actuator.withdraw-after=1s");
  }

  private static Workload labelled() {
    return Workloads.web().label("catnap.enable", "true").start();
  }

  private static StateChange awaitEnd(Actuator actuator, String service) {
    return await(service + " is gone")
        .atMost(Actuator.SOON)
        .until(() -> actuator.changesOf(service).getLast(), StateChange::endsHistory);
  }

  @Test
  void aStoppedContainerThatIsRemoved_takesItsServiceAlong(KafkaServer kafka) {
    try (Actuator actuator = actuator(kafka)) {
      Workload workload = labelled();
      String service = workload.name();
      actuator.awaitState(service, RunState.RUNNING);
      workload.stop();
      actuator.awaitState(service, RunState.STOPPED);
      workload.remove();
      StateChange end = awaitEnd(actuator, service);
      assertThat(end.from()).isEqualTo(RunState.STOPPED);
      assertThat(end.to()).isEqualTo(RunState.STOPPED);
      await("its definition is withdrawn")
          .atMost(Actuator.SOON)
          .until(() -> actuator.withdrawn().contains(service));
      assertThat(actuator.changesOf(service)).filteredOn(StateChange::endsHistory).hasSize(1);
    }
  }

  @Test
  void aSleeperRemovedWhileNobodyWatched_isFoundGone(KafkaServer kafka) {
    try (Actuator actuator = actuator(kafka)) {
      Workload workload = labelled();
      String service = workload.name();
      actuator.awaitState(service, RunState.RUNNING);
      workload.pause();
      actuator.awaitState(service, RunState.SLEEPING);
      actuator.stop();
      workload.remove();
      actuator.start();
      assertThat(awaitEnd(actuator, service).from()).isEqualTo(RunState.SLEEPING);
    }
  }
}
