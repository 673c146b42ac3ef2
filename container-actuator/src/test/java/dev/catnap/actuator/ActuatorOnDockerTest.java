package dev.catnap.actuator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.catnap.events.Action;
import dev.catnap.events.Command;
import dev.catnap.events.Reason;
import dev.catnap.events.RunState;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.StateChange;
import dev.catnap.events.kafka.Topics;
import dev.catnap.testkit.KafkaProbe;
import dev.catnap.testkit.KafkaServer;
import dev.catnap.testkit.WithKafka;
import dev.catnap.testkit.docker.RequiresDocker;
import dev.catnap.testkit.docker.Workload;
import dev.catnap.testkit.docker.WorkloadPlan;
import dev.catnap.testkit.docker.Workloads;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@RequiresDocker
@WithKafka
class ActuatorOnDockerTest {
  private static KafkaServer kafka;
  private static Actuator actuator;

  @BeforeAll
  static void start(KafkaServer server) {
    kafka = server;
    actuator = Actuator.onDocker(server);
  }

  @AfterAll
  static void stop() {
    actuator.close();
  }

  @AfterEach
  void removeContainers() {
    Workloads.removeAll();
  }

  /** A web server that ends when told to. */
  private static WorkloadPlan labelled() {
    return Workloads.web()
        .label("catnap.enable", "true")
        .shell("trap 'exit 0' TERM; httpd -p 8080 -h /www; sleep 600 & wait");
  }

  /** A labelled container that runs and is known to. */
  private static Workload awake() {
    Workload workload = labelled().start();
    actuator.awaitState(workload.name(), RunState.RUNNING);
    // Running is not listening yet, and what is paused before it listens refuses connections.
    return workload.awaitHttp(Actuator.SOON);
  }

  private static Workload asleep() {
    Workload workload = awake();
    actuator.awaitDone(actuator.command(Action.SLEEP, workload.name()), RunState.SLEEPING);
    return workload;
  }

  @Test
  void aLabelledContainer_isAdopted_withTheDefinitionOfItsLabels() {
    Workload workload =
        labelled().label("catnap.idle-timeout", "7m").label("catnap.max-load", "much").start();
    StateChange found = actuator.awaitState(workload.name(), RunState.RUNNING);
    assertThat(found.reason()).isEqualTo(Reason.EXTERNAL);
    ServiceDefinition definition = actuator.awaitDefinition(workload.name());
    assertThat(definition.source()).isEqualTo(ServiceDefinition.Source.LABELS);
    assertThat(definition.sleepPolicy().idleTimeout()).isEqualTo(Duration.ofMinutes(7));
    assertThat(definition.sleepPolicy().maxLoad()).isEqualTo(0.1);
  }

  /** As applying a recommendation, and undoing it, changes its definition. */
  @Test
  void limitsOfADefinitionThatChanges_areSetAtOnce_withoutARestart() {
    Workload workload = awake();
    String service = workload.name();
    long pid = pidOf(workload);
    actuator.define(service, Map.of("resources", Map.of("memory", "48MB", "cpu", "0.3")));
    await().atMost(Actuator.SOON).until(() -> memoryOf(workload) == 48L << 20);
    actuator.define(service, Map.of("resources", Map.of("memory", "96MB", "cpu", "0.3")));
    await().atMost(Actuator.SOON).until(() -> memoryOf(workload) == 96L << 20);
    actuator.define(service, Map.of());
    await().atMost(Actuator.SOON).until(() -> memoryOf(workload) > 96L << 20);
    assertThat(pidOf(workload)).isEqualTo(pid);
  }

  private static long memoryOf(Workload workload) {
    return Workloads.client()
        .inspectContainerCmd(workload.name())
        .exec()
        .getHostConfig()
        .getMemory();
  }

  private static long pidOf(Workload workload) {
    return Workloads.client().inspectContainerCmd(workload.name()).exec().getState().getPidLong();
  }

  @Test
  void downTheLadderAndUpAgain() {
    Workload workload = awake();
    String service = workload.name();
    Command sleep = actuator.command(Action.SLEEP, service);
    StateChange asleep = actuator.awaitDone(sleep, RunState.SLEEPING);
    assertThat(workload.state()).isEqualTo("paused");
    assertThat(asleep.from()).isEqualTo(RunState.FALLING_ASLEEP);
    assertThat(asleep.residentBytes()).isPositive();

    Command wake = actuator.command(Action.WAKE, service);
    StateChange awake = actuator.awaitDone(wake, RunState.RUNNING);
    assertThat(workload.state()).isEqualTo("running");
    assertThat(awake.from()).isEqualTo(RunState.WAKING);
    assertThat(awake.stages().requestedAt()).isEqualTo(wake.requestedAt());
    assertThat(awake.stages().decidedAt()).isEqualTo(wake.at());
    assertThat(
            List.of(
                awake.stages().receivedAt(), awake.stages().engineAt(), awake.stages().readyAt()))
        .isSorted();

    Command stop = actuator.command(Action.STOP, service);
    StateChange stopped = actuator.awaitDone(stop, RunState.STOPPED);
    assertThat(stopped.from()).isEqualTo(RunState.FALLING_ASLEEP);
    assertThat(workload.state()).isEqualTo("exited");

    actuator.awaitDone(actuator.command(Action.WAKE, service), RunState.RUNNING);
    assertThat(new dev.catnap.testkit.HttpProbe(workload.url()).get("/").status()).isEqualTo(200);
    // What we did ourselves is not told a second time as somebody else's doing.
    assertThat(
            actuator.changesOf(service).stream()
                .dropWhile(change -> change.to() != RunState.FALLING_ASLEEP))
        .extracting(StateChange::reason)
        .containsOnly(Reason.MANUAL);
  }

  @Test
  void aSleeper_isStoppedWithoutWaking() {
    Workload workload = asleep();
    int before = actuator.changesOf(workload.name()).size();
    actuator.awaitDone(actuator.command(Action.STOP, workload.name()), RunState.STOPPED);
    assertThat(actuator.changesOf(workload.name()).stream().skip(before).map(StateChange::to))
        .containsExactly(RunState.FALLING_ASLEEP, RunState.STOPPED);
  }

  @Test
  void aSleeper_atWhoseDoorSomebodyWaits_answersHim_beforeItIsStoppedByHand() throws Exception {
    Workload workload = asleep();
    String service = workload.name();
    try (Socket caller = new Socket(workload.ip(), 8080)) {
      caller.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      Command stop = actuator.command(Action.STOP, service);
      assertThat(actuator.awaitOutcome(stop)).isEqualTo("done");
      assertThat(workload.state()).isEqualTo("exited");
      assertThat(new String(caller.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .contains("200 OK");
    }
  }

  @Test
  void requestsWithoutPause_areNeverCutOff_bySleepsThatKeepComing() throws Exception {
    Workload workload = awake();
    String service = workload.name();
    int answered = 0;
    for (int round = 0; round < 20; round++) {
      Command sleep = actuator.command(Action.SLEEP, service);
      try (Socket caller = new Socket(workload.ip(), 8080)) {
        caller.setSoTimeout(5_000);
        caller
            .getOutputStream()
            .write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        actuator.awaitOutcome(sleep);
        if (workload.state().equals("paused")) {
          actuator.awaitDone(actuator.command(Action.WAKE, service), RunState.RUNNING);
        }
        String answer =
            new String(caller.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        answered += answer.contains("200 OK") ? 1 : 0;
      }
    }
    assertThat(answered).isEqualTo(20);
  }

  @Test
  void samples_countTheConnectionsFromOutside() throws Exception {
    Workload workload = awake();
    try (Socket caller = new Socket(workload.ip(), 8080)) {
      await()
          .atMost(Actuator.SOON)
          .until(() ->
              actuator.samplesOf(workload.name()).stream()
                  .anyMatch(sample -> Objects.equals(sample.connections(), 1)));
      assertThat(caller.isConnected()).isTrue();
    }
    await()
        .atMost(Actuator.SOON)
        .until(() -> actuator.samplesOf(workload.name()).getLast().connections() == 0);
  }

  @Test
  void theFileCacheOfASleeper_isGivenBack() {
    Workload workload =
        Workloads.web()
            .label("catnap.enable", "true")
            .shell("head -c 33554432 /dev/zero > /cache; cat /cache > /dev/null; sleep 600")
            .start();
    String service = workload.name();
    await()
        .atMost(Actuator.SOON)
        .until(() -> Files.readString(usage(workload)).strip().length() > 7);
    actuator.awaitState(service, RunState.RUNNING);
    StateChange asleep =
        actuator.awaitDone(actuator.command(Action.SLEEP, service), RunState.SLEEPING);
    assertThat(asleep.residentBytes()).isBetween(1L, 16L << 20);
  }

  private static Path usage(Workload workload) {
    Path version1 = Path.of("/sys/fs/cgroup/memory/docker", workload.id());
    assumeThat(version1).isWritable();
    return version1.resolve("memory.usage_in_bytes");
  }

  @Test
  void whatDiesByItself_isStartedAgain_andWhatIsStoppedByHand_isNot() throws Exception {
    Workload workload = awake();
    String service = workload.name();
    Long pid = workload.inspect().getState().getPidLong();
    new ProcessBuilder("kill", "-9", String.valueOf(pid)).start().waitFor();
    await()
        .atMost(Actuator.SOON)
        .until(() ->
            actuator.changesOf(service).stream()
                .anyMatch(change -> "exited with 137".equals(change.failure())));
    actuator.awaitState(service, RunState.RUNNING);
    assertThat(actuator.changesOf(service))
        .extracting(StateChange::to)
        .endsWith(RunState.WAKING, RunState.RUNNING);
    assertThat(new dev.catnap.testkit.HttpProbe(workload.url()).get("/").status()).isEqualTo(200);
    workload.stop();
    actuator.awaitState(service, RunState.STOPPED);
    assertThat(workload.state()).isEqualTo("exited");
  }

  /** A real one: more memory is asked for than the container may have. */
  @Test
  void whatIsKilledForWantOfMemory_isToldApart_andStartedAgain() {
    Workload workload =
        labelled()
            .memory(16 << 20)
            .shell("httpd -p 8080 -h /www; sleep 1; exec tail /dev/zero")
            .start();
    StateChange killed =
        await("killed for want of memory")
            .atMost(Actuator.SOON)
            .until(
                () ->
                    actuator.changesOf(workload.name()).stream()
                        .filter(change -> change.failure() != null)
                        .findFirst()
                        .orElse(null),
                Objects::nonNull);
    assertThat(killed.failure()).isEqualTo("exited with 137, out of memory");
    assertThat(killed.to()).isEqualTo(RunState.WAKING);
    await("it runs again")
        .atMost(Actuator.SOON)
        .until(() ->
            actuator.changesOf(workload.name()).stream()
                .dropWhile(change -> !change.equals(killed))
                .anyMatch(change -> change.to() == RunState.RUNNING));
  }

  @Test
  void aDefinedService_isAnnouncedStopped_createdOnTheFirstWake_andReleasedWhenRemoved() {
    String service = "catnap-defined-" + UUID.randomUUID().toString().substring(0, 8);
    Workload workload = Workloads.adopt(service);
    actuator.define(
        service, Map.of("image", Workloads.busyboxImage(), "port", 8080, "publish", "false"));
    StateChange announced = actuator.awaitState(service, RunState.STOPPED);
    assertThat(announced.from()).isEqualTo(RunState.UNKNOWN);

    actuator.awaitDone(actuator.command(Action.WAKE, service), RunState.RUNNING);
    assertThat(workload.state()).isEqualTo("running");
    assertThat(new dev.catnap.testkit.HttpProbe(workload.url()).get("/").status()).isEqualTo(200);

    actuator.awaitDone(actuator.command(Action.SLEEP, service), RunState.SLEEPING);
    actuator.undefine(service);
    await().atMost(Actuator.SOON).until(() -> workload.state().equals("running"));
    assertThat(actuator.awaitOutcome(actuator.command(Action.SLEEP, service))).isEqualTo("refused");
    assertThat(workload.state()).isEqualTo("running");
  }

  @Test
  void duplicatesAndLateCommands_changeNothing() {
    Workload workload = awake();
    String service = workload.name();
    Instant now = Instant.now();
    Command sleep = actuator.command(UUID.randomUUID().toString(), Action.SLEEP, service, now);
    actuator.awaitDone(sleep, RunState.SLEEPING);
    Command wake = actuator.command(Action.WAKE, service);
    actuator.awaitDone(wake, RunState.RUNNING);
    actuator.command(sleep.id(), Action.SLEEP, service, now);
    Command late =
        actuator.command(UUID.randomUUID().toString(), Action.SLEEP, service, now.minusSeconds(5));
    assertThat(actuator.awaitOutcome(late)).isEqualTo("outdated");
    assertThat(workload.state()).isEqualTo("running");
    assertThat(actuator.changesOf(service)).last().returns(wake.id(), StateChange::commandId);
  }

  @Test
  void anOldSleep_isNotCarriedOut_butAnOldWakeIs() {
    Workload workload = awake();
    Instant old = Instant.now().minusSeconds(120);
    Command sleep =
        actuator.command(UUID.randomUUID().toString(), Action.SLEEP, workload.name(), old);
    assertThat(actuator.awaitOutcome(sleep)).isEqualTo("expired");
    workload.pause();
    actuator.awaitState(workload.name(), RunState.SLEEPING);
    Command wake =
        actuator.command(
            UUID.randomUUID().toString(), Action.WAKE, workload.name(), old.plusSeconds(1));
    actuator.awaitDone(wake, RunState.RUNNING);
  }

  @Test
  void whatOthersDo_isRecordedAndNotFoughtOver() {
    Workload workload = awake();
    String service = workload.name();
    workload.pause();
    assertThat(actuator.awaitState(service, RunState.SLEEPING).reason()).isEqualTo(Reason.EXTERNAL);
    workload.unpause();
    assertThat(actuator.awaitState(service, RunState.RUNNING).reason()).isEqualTo(Reason.EXTERNAL);
    workload.stop();
    assertThat(actuator.awaitState(service, RunState.STOPPED).reason()).isEqualTo(Reason.EXTERNAL);
    workload.start();
    assertThat(actuator.awaitState(service, RunState.RUNNING).reason()).isEqualTo(Reason.EXTERNAL);
    workload.remove();
    await().atMost(Actuator.SOON).until(() -> actuator.changesOf(service).getLast().endsHistory());
    assertThat(actuator.changesOf(service).getLast().to()).isEqualTo(RunState.STOPPED);
    assertThat(actuator.changesOf(service)).extracting(StateChange::id).doesNotHaveDuplicates();
  }

  @Test
  void aStranger_isNeverTouched() {
    Workload stranger = Workloads.web().start();
    Command sleep = actuator.command(Action.SLEEP, stranger.name());
    assertThat(actuator.awaitOutcome(sleep)).isEqualTo("refused");
    assertThat(stranger.state()).isEqualTo("running");
    assertThat(actuator.changesOf(stranger.name())).isEmpty();
  }

  @Test
  void severalContainersOfAService_sleepAndWakeTogether() {
    String service = "catnap-pair-" + UUID.randomUUID().toString().substring(0, 8);
    Workload one = labelled().label("catnap.service", service).start();
    Workload other = labelled().label("catnap.service", service).start();
    await().atMost(Actuator.SOON).until(() -> actuator.changesOf(service).size() >= 2);
    actuator.command(Action.SLEEP, service);
    await()
        .atMost(Actuator.SOON)
        .until(() -> one.state().equals("paused") && other.state().equals("paused"));
    actuator.command(Action.WAKE, service);
    await()
        .atMost(Actuator.SOON)
        .until(() -> one.state().equals("running") && other.state().equals("running"));
  }

  @Test
  void aCrashAtTheStart_isTriedAgain_thenFailedWithTheReason() {
    String service = "catnap-crash-" + UUID.randomUUID().toString().substring(0, 8);
    Workloads.adopt(service);
    actuator.define(
        service,
        Map.of(
            "image",
            Workloads.busyboxImage(),
            "command",
            List.of("sh", "-c", "exit 3"),
            "port",
            8080,
            "publish",
            "false"));
    actuator.awaitState(service, RunState.STOPPED);
    StateChange failed =
        actuator.awaitDone(actuator.command(Action.WAKE, service), RunState.FAILED);
    assertThat(failed.failure()).contains("exited with code 3");
    // Still defined, its container would be made anew once it is removed.
    actuator.undefine(service);
  }

  @Test
  void rubbish_goesToTheDeadLetters_andCommandsGoOn() {
    Workload workload = awake();
    try (KafkaProbe probe = kafka.probe()) {
      String rubbish = "{\"service\":\"" + workload.name() + "\",\"action\":\"DANCE\"";
      probe.send(Topics.COMMANDS.name(), workload.name(), rubbish);
      actuator.awaitDone(actuator.command(Action.SLEEP, workload.name()), RunState.SLEEPING);
      probe.awaitFirst(
          Topics.COMMANDS.deadLetterTopic(),
          Actuator.SOON,
          message -> rubbish.equals(message.value()));
    }
  }

  @Test
  void samplesArrive_andTheContainerIsListed() {
    Workload workload = labelled().memory(64 << 20).cpus(0.5).start();
    String service = workload.name();
    await().atMost(Actuator.SOON).until(() -> actuator.samplesOf(service).size() > 1);
    var sample = actuator.samplesOf(service).getLast();
    assertThat(sample.memoryBytes()).isPositive();
    assertThat(sample.memoryLimitBytes()).isEqualTo(64L << 20);
    assertThat(sample.cpuLimitCores()).isEqualTo(0.5);
    assertThat(sample.pids()).isPositive();
    var answer = actuator.http().get("/containers?limit=1000");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"service\":\"" + service + "\"", "\"engineState\":\"running\"");
  }
}
