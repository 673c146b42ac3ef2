package dev.catnap.actuator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catnap.events.Action;
import dev.catnap.events.Reason;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import dev.catnap.testkit.KafkaServer;
import dev.catnap.testkit.WithKafka;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithKafka
class ActuatorOnProcessesTest {
  @Test
  void theWholeLadder_withoutDocker_overARestart(KafkaServer kafka, @TempDir Path directory) {
    String service = "catnap-process-" + UUID.randomUUID().toString().substring(0, 8);
    try (Actuator actuator =
        Actuator.start(
            kafka,
            "--catnap.container-actuator.runtime=process",
            "--catnap.container-actuator.process-directory=" + directory)) {
      actuator.define(service, Map.of("command", List.of("sleep", "600")));
      actuator.awaitState(service, RunState.STOPPED);
      actuator.awaitDone(actuator.command(Action.WAKE, service), RunState.RUNNING);
      await().atMost(Actuator.SOON).until(() -> !actuator.samplesOf(service).isEmpty());
      StateChange asleep =
          actuator.awaitDone(actuator.command(Action.SLEEP, service), RunState.SLEEPING);
      assertThat(asleep.residentBytes()).isPositive();

      actuator.stop();
      actuator.start();
      actuator.awaitDone(actuator.command(Action.WAKE, service), RunState.RUNNING);
      actuator.awaitDone(actuator.command(Action.STOP, service), RunState.STOPPED);
      assertThat(
              actuator.changesOf(service).stream()
                  .dropWhile(change -> change.to() != RunState.WAKING))
          .extracting(StateChange::reason)
          .containsOnly(Reason.MANUAL);
    }
  }
}
