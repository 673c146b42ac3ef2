package dev.catnap.actuator.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import dev.catnap.actuator.engine.ContainerEngine;
import dev.catnap.actuator.engine.ContainerEngineContract;
import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.engine.Definitions;
import dev.catnap.actuator.engine.EngineException;
import dev.catnap.actuator.engine.Limits;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.testkit.docker.RequiresDocker;
import dev.catnap.testkit.docker.TestVolume;
import dev.catnap.testkit.docker.Workload;
import dev.catnap.testkit.docker.Workloads;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresDocker
class DockerEngineTest extends ContainerEngineContract {
  private static final String HOST = dev.catnap.testkit.docker.DockerEngine.get().host();

  @Override
  protected ContainerEngine newEngine() {
    return new DockerEngine(DockerSettings.of(HOST), Clock.systemUTC());
  }

  @Override
  protected ServiceDefinition runsForEver(String name) {
    Workloads.adopt(name);
    return Definitions.of(
        name, "image", Workloads.busyboxImage(), "command", List.of("sleep", "600"));
  }

  @Override
  protected void writes(String name, long bytes) {
    Workloads.adopt(name).write("/written", bytes);
  }

  @Test
  void aVolume_isSharedByItsContainers_andABindMountIsNobodys(@TempDir Path host)
      throws IOException {
    Files.write(host.resolve("of-the-host"), new byte[5 << 20]);
    try (TestVolume volume = Workloads.volume()) {
      Workload one = Workloads.web().volume(volume, "/data").bind(host, "/host").start();
      one.write("/data/shared", 4 << 20);
      one.write("/own", 1 << 20);
      Workload other = Workloads.web().volume(volume, "/data").create();
      Map<String, Long> storage = engine.storage(Duration.ofSeconds(30));
      assertThat(storage.get(one.name())).isBetween(3L << 20, (3L << 20) + (256 << 10));
      assertThat(storage.get(other.name())).isBetween(2L << 20, (2L << 20) + (256 << 10));
      other.remove();
      assertThat(engine.storage(Duration.ofSeconds(30)).get(one.name()))
          .isBetween(5L << 20, (5L << 20) + (512 << 10));
    }
  }

  @Test
  void aCreatedContainer_isLimitedAndHardened() {
    String name = name();
    Workloads.adopt(name);
    engine.create(
        Definitions.of(
            name,
            Map.of(
                "image", Workloads.busyboxImage(),
                "port", 8080,
                "publish", "false",
                "user", "1000:1000",
                "read_only", true,
                "tmpfs", List.of("/tmp"),
                "cap_add", List.of("NET_BIND_SERVICE"),
                "environment", Map.of("A", "b"),
                "resources", Map.of("memory", "64MB", "cpu", "0.25", "pids", 50),
                "sleep_policy", Map.of("memory_reservation", "32MB"))));
    InspectContainerResponse made = Workloads.client().inspectContainerCmd(name).exec();
    HostConfig host = made.getHostConfig();
    assertThat(host.getSecurityOpts()).containsExactly("no-new-privileges");
    assertThat(host.getCapDrop()).containsExactly(Capability.ALL);
    assertThat(host.getCapAdd()).containsExactly(Capability.NET_BIND_SERVICE);
    assertThat(host.getReadonlyRootfs()).isTrue();
    assertThat(host.getMemory()).isEqualTo(64L << 20);
    assertThat(host.getMemoryReservation()).isEqualTo(32L << 20);
    assertThat(host.getNanoCPUs()).isEqualTo(250_000_000L);
    assertThat(host.getPidsLimit()).isEqualTo(50);
    assertThat(host.getRestartPolicy().getName()).isIn("no", "");
    assertThat(host.getLogConfig().getConfig()).containsKeys("max-size", "max-file");
    assertThat(made.getConfig().getUser()).isEqualTo("1000:1000");
    assertThat(made.getConfig().getEnv()).contains("A=b");
    ContainerSnapshot snapshot = engine.inspect(name);
    assertThat(snapshot.exposedPort()).isEqualTo(8080);
    assertThat(snapshot.cpuLimitCores()).isEqualTo(0.25);
    assertThat(snapshot.memoryLimitBytes()).isEqualTo(64L << 20);
  }

  @Test
  void limits_keepSwapAndReservationInTheirPlace_andAreLiftedAsFarAsTheHostGoes() {
    String name = name();
    Workloads.adopt(name);
    engine.create(
        Definitions.of(
            name,
            Map.of(
                "image", Workloads.busyboxImage(),
                "resources", Map.of("memory", "64MB"),
                "sleep_policy", Map.of("memory_reservation", "32MB"))));
    engine.limit(name, new Limits(16L << 20, null));
    HostConfig small = Workloads.client().inspectContainerCmd(name).exec().getHostConfig();
    assertThat(small.getMemorySwap()).isEqualTo(32L << 20);
    assertThat(small.getMemoryReservation()).isEqualTo(16L << 20);
    engine.limit(name, new Limits(Limits.ALL_MEMORY, Limits.ALL_CORES));
    HostConfig all = Workloads.client().inspectContainerCmd(name).exec().getHostConfig();
    assertThat(all.getMemory()).isEqualTo(Workloads.client().infoCmd().exec().getMemTotal());
    assertThat(all.getNanoCPUs()).isGreaterThanOrEqualTo(1_000_000_000L);
  }

  @Test
  void anImageThatIsNotThere_isSaidWithWhatToDo() {
    String name = name();
    assertThatThrownBy(
            () -> engine.create(Definitions.of(name, "image", "catnap.invalid/no-such:1")))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(EngineException.Kind.NO_IMAGE);
              assertThat(e.reason()).contains("catnap.invalid/no-such:1", "build it or load it");
            });
  }

  /** The engine tells it only when it hears of the shortage before it hears of the end. */
  @Test
  void anOutOfMemoryKill_isToldApart() {
    String name = name();
    Workloads.adopt(name);
    engine.create(
        Definitions.of(
            name,
            Map.of(
                "image", Workloads.busyboxImage(),
                "command", List.of("sh", "-c", "exec tail /dev/zero"),
                "resources", Map.of("memory", "8MB"))));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> {
          engine.start(name);
          await().until(() -> engine.inspect(name).isDown());
          return engine.inspect(name).oomKilled();
        });
    assertThat(engine.inspect(name).ending()).contains("OOM");
  }

  @Test
  void noEngine_isUnreachable(@TempDir Path directory) {
    try (DockerEngine away =
        new DockerEngine(
            DockerSettings.of("unix://" + directory.resolve("none.sock")), Clock.systemUTC())) {
      assertThatThrownBy(away::info)
          .isInstanceOfSatisfying(
              EngineException.class,
              e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.UNREACHABLE));
    }
  }

  @Test
  void aFrozenEngine_isLeftAtTheDeadline(@TempDir Path directory) throws IOException {
    Path socket = directory.resolve("frozen.sock");
    DockerSettings impatient =
        new DockerSettings(
            "unix://" + socket, Duration.ofMillis(300), Duration.ofSeconds(1), "10m", 3);
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        DockerEngine frozen = new DockerEngine(impatient, Clock.systemUTC())) {
      server.bind(UnixDomainSocketAddress.of(socket));
      long began = System.nanoTime();
      assertThatThrownBy(frozen::info)
          .isInstanceOfSatisfying(
              EngineException.class,
              e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.TIMED_OUT));
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
    }
  }
}
