package dev.catnap.actuator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catnap.events.Action;
import dev.catnap.events.Command;
import dev.catnap.events.Reason;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import dev.catnap.testkit.KafkaServer;
import dev.catnap.testkit.WithKafka;
import dev.catnap.testkit.docker.RequiresDocker;
import dev.catnap.testkit.docker.Workload;
import dev.catnap.testkit.docker.Workloads;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithKafka
class ActuatorRestartTest {
  @AfterEach
  void removeContainers() {
    Workloads.removeAll();
  }

  @Test
  @RequiresDocker
  void afterARestart_itKnowsWhatSleeps_tellsOnlyDifferences_andWakes(KafkaServer kafka) {
    try (Actuator actuator = Actuator.onDocker(kafka)) {
      Workload one = Workloads.web().label("catnap.enable", "true").start();
      Workload other = Workloads.web().label("catnap.enable", "true").start();
      actuator.awaitState(one.name(), RunState.RUNNING);
      actuator.awaitState(other.name(), RunState.RUNNING);
      actuator.awaitDone(actuator.command(Action.SLEEP, one.name()), RunState.SLEEPING);
      actuator.awaitDone(actuator.command(Action.SLEEP, other.name()), RunState.SLEEPING);
      actuator.stop();
      other.unpause();
      int told = actuator.changesOf(one.name()).size();

      actuator.start();
      StateChange found = actuator.awaitState(other.name(), RunState.RUNNING);
      assertThat(found.reason()).isEqualTo(Reason.EXTERNAL);
      assertThat(found.from()).isEqualTo(RunState.SLEEPING);
      assertThat(actuator.changesOf(one.name())).hasSize(told);
      assertThat(one.state()).isEqualTo("paused");
      actuator.awaitDone(actuator.command(Action.WAKE, one.name()), RunState.RUNNING);
      assertThat(one.state()).isEqualTo("running");
    }
  }

  /**
   * The engine goes on with a stop although whoever ordered it is gone: the container runs for as
   * long as its grace lasts, here because busybox as process 1 ignores SIGTERM. Who took it for
   * awake would send requests to something that ends.
   */
  @Test
  @RequiresDocker
  void restartedWhileTheEngineStopsASleeper_itTellsNobodyThatItRuns(KafkaServer kafka) {
    try (Actuator actuator = Actuator.onDocker(kafka)) {
      Workload web = Workloads.web().label("catnap.enable", "true").stopGrace(8).start();
      actuator.awaitState(web.name(), RunState.RUNNING);
      actuator.awaitDone(actuator.command(Action.SLEEP, web.name()), RunState.SLEEPING);
      int before = actuator.changesOf(web.name()).size();
      actuator.awaitDone(actuator.command(Action.STOP, web.name()), RunState.FALLING_ASLEEP);
      await("the engine lets it run to stop it")
          .atMost(Actuator.SOON)
          .pollInterval(Duration.ofMillis(10))
          .until(() -> web.state().equals("running"));
      actuator.stop();
      assertThat(web.state()).isEqualTo("running");

      actuator.start();
      actuator.awaitDone(actuator.command(Action.WAKE, web.name()), RunState.RUNNING);
      assertThat(actuator.changesOf(web.name()).stream().skip(before).map(StateChange::to))
          .containsExactly(
              RunState.FALLING_ASLEEP, RunState.STOPPED, RunState.WAKING, RunState.RUNNING);
      web.awaitHttp(Actuator.SOON);
    }
  }

  /**
   * The policy decides again, under the same id, what it decided just before a crash of its own.
   */
  @Test
  @RequiresDocker
  void afterARestart_whatWasCarriedOutBefore_isNotCarriedOutAgain(KafkaServer kafka) {
    try (Actuator actuator = Actuator.onDocker(kafka)) {
      Workload web = Workloads.web().label("catnap.enable", "true").start();
      actuator.awaitState(web.name(), RunState.RUNNING);
      Command wake = actuator.command(Action.WAKE, web.name());
      actuator.awaitOutcome(wake);
      actuator.awaitDone(actuator.command(Action.SLEEP, web.name()), RunState.SLEEPING);
      actuator.stop();

      actuator.start();
      Command again =
          actuator.command(wake.id(), Action.WAKE, web.name(), wake.at().plusSeconds(30));
      assertThat(actuator.awaitOutcome(again)).isEqualTo("duplicate");
      assertThat(web.state()).isEqualTo("paused");
    }
  }

  @Test
  void withoutAnEngine_itStarts_andSaysSo(KafkaServer kafka, @TempDir Path directory) {
    try (Actuator actuator =
        Actuator.start(
            kafka,
            "--catnap.container-actuator.docker-host=unix://" + directory.resolve("none.sock"))) {
      await()
          .atMost(Actuator.SOON)
          .untilAsserted(() ->
              assertThat(actuator.http().get("/system/health").body())
                  .contains("none.sock", "DOWN"));
      assertThat(actuator.http().get("/containers").status()).isEqualTo(200);
    }
  }
}
