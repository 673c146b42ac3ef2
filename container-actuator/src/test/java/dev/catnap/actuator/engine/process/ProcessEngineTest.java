package dev.catnap.actuator.engine.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catnap.actuator.engine.ContainerEngine;
import dev.catnap.actuator.engine.ContainerEngineContract;
import dev.catnap.actuator.engine.ContainerStatus;
import dev.catnap.actuator.engine.Definitions;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.testkit.RequiresProgram;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessEngineTest extends ContainerEngineContract {
  @Override
  protected boolean limits() {
    return false;
  }

  @Override
  protected boolean measuresStorage() {
    return false;
  }

  /** Whatever it writes is not told apart from what others write. */
  @Override
  protected void writes(String name, long bytes) {}

  @TempDir Path directory;

  @Override
  protected ContainerEngine newEngine() {
    return new ProcessEngine(directory, Clock.systemUTC());
  }

  @Override
  protected ServiceDefinition runsForEver(String name) {
    return Definitions.of(name, "command", List.of("sleep", "600"));
  }

  private String made(Object command) {
    String name = name();
    engine.create(
        Definitions.of(name, "command", command, "environment", Map.of("GREETING", "good night")));
    engine.start(name);
    return name;
  }

  @Test
  void aSleeperOfAnEarlierRun_isFoundAgain_andWakes() {
    String name = running();
    engine.pause(name);
    long pid = engine.inspect(name).pid();
    engine.close();
    engine = newEngine();
    assertThat(engine.inspect(name).status()).isEqualTo(ContainerStatus.PAUSED);
    engine.unpause(name);
    assertThat(engine.inspect(name).pid()).isEqualTo(pid);
    assertThat(engine.inspect(name).status()).isEqualTo(ContainerStatus.RUNNING);
  }

  @Test
  void aPidThatWentToAnother_isNotTakenForOurs() throws IOException {
    String name = running();
    Path file = directory.resolve(name + ProcessRecord.SUFFIX);
    ProcessRecord ours = ProcessRecord.load(file);
    engine.stop(name, NO_GRACE);
    ours.started(ProcessHandle.current().pid(), 1, ours.startedAt()).save(directory);
    engine.close();
    engine = newEngine();
    assertThat(engine.inspect(name).status()).isEqualTo(ContainerStatus.EXITED);
  }

  @Test
  void outputAndEnvironment_goWhereTheyShould() {
    String name = made("echo $GREETING; exec sleep 600");
    await()
        .untilAsserted(() ->
            assertThat(Files.readString(directory.resolve(name + ".log")))
                .isEqualTo("good night\n"));
  }

  @Test
  void whatItStarted_isPausedWithIt() {
    String name = made("sleep 600 & echo $!; wait");
    long child = Long.parseLong(awaitOutput(name));
    engine.pause(name);
    await().until(() -> ProcStat.read(child).isStopped());
    engine.unpause(name);
    await().until(() -> !ProcStat.read(child).isStopped());
  }

  @Test
  @RequiresProgram("busybox")
  void connectionsToItsPorts_areIts() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    String name = made("exec busybox httpd -f -p 127.0.0.1:" + port);
    try (Socket caller =
        await()
            .ignoreExceptions()
            .until(() -> new Socket("127.0.0.1", port), Socket::isConnected)) {
      await().until(() -> engine.network(engine.inspect(name)).connections() == 1);
      assertThat(caller.isConnected()).isTrue();
    }
    await().until(() -> engine.network(engine.inspect(name)).connections() == 0);
  }

  @Test
  void aCrash_showsItsExitCode() {
    String name = made("exit 3");
    await().until(() -> engine.inspect(name).isDown() && engine.inspect(name).exitCode() != null);
    assertThat(engine.inspect(name).ending()).isEqualTo("exited with code 3");
  }

  @Test
  void oneThatIgnoresTheSignal_isKilledAfterItsGrace() {
    String name = made("trap '' TERM; echo 1; while true; do sleep 1; done");
    awaitOutput(name);
    engine.stop(name, java.time.Duration.ofMillis(200));
    assertThat(engine.inspect(name).isDown()).isTrue();
  }

  private String awaitOutput(String name) {
    return await()
        .until(
            () -> Files.readString(directory.resolve(name + ".log")).strip(),
            text -> !text.isEmpty());
  }
}
