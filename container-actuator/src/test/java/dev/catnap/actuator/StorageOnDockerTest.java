package dev.catnap.actuator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catnap.events.Action;
import dev.catnap.events.ResourceSample;
import dev.catnap.events.RunState;
import dev.catnap.testkit.KafkaServer;
import dev.catnap.testkit.WithKafka;
import dev.catnap.testkit.docker.RequiresDocker;
import dev.catnap.testkit.docker.TestVolume;
import dev.catnap.testkit.docker.Workload;
import dev.catnap.testkit.docker.Workloads;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is told on the log of the disk that real containers hold. */
@RequiresDocker
@WithKafka
class StorageOnDockerTest {
  private static final long MIB = 1L << 20;

  private static Actuator actuator;

  @BeforeAll
  static void start(KafkaServer kafka) {
    actuator = Actuator.onDocker(kafka, "--catnap.container-actuator.storage-interval=300ms");
  }

  @AfterAll
  static void stop() {
    actuator.close();
  }

  @AfterEach
  void removeContainers() {
    Workloads.removeAll();
  }

  private static List<ResourceSample> measuresOf(String service) {
    return actuator.samplesOf(service).stream()
        .filter(sample -> sample.storageBytes() != null)
        .toList();
  }

  private static ResourceSample awaitHolding(String service, long mib) {
    return await(service + " holds " + mib + " MiB")
        .atMost(Actuator.SOON)
        .until(
            () -> {
              List<ResourceSample> known = measuresOf(service);
              return known.isEmpty() ? null : known.getLast();
            },
            last -> last != null && Math.abs(last.storageBytes() - mib * MIB) < MIB / 2);
  }

  @Test
  void layerAndVolume_areToldWhileItRuns_andWhenItIsStopped_onlyWhatChanges() {
    try (TestVolume volume = Workloads.volume()) {
      Workload workload =
          Workloads.web()
              .label("catnap.enable", "true")
              .shell("trap 'exit 0' TERM; httpd -p 8080 -h /www; sleep 600 & wait")
              .volume(volume, "/data")
              .start();
      String service = workload.name();
      actuator.awaitState(service, RunState.RUNNING);
      workload.write("/own", 3 * MIB);
      workload.write("/data/kept", 4 * MIB);
      assertThat(awaitHolding(service, 7).tellsStorageOnly()).isFalse();

      actuator.awaitDone(actuator.command(Action.STOP, service), RunState.STOPPED);
      // A second one that uses the volume takes over half of it, though neither runs.
      Workload other =
          Workloads.web().label("catnap.enable", "true").volume(volume, "/data").create();
      ResourceSample halved = awaitHolding(service, 5);
      assertThat(halved.tellsStorageOnly()).isTrue();
      assertThat(awaitHolding(other.name(), 2).tellsStorageOnly()).isTrue();
      assertThat(measuresOf(service).stream().filter(ResourceSample::tellsStorageOnly).toList())
          .extracting(ResourceSample::storageBytes)
          .doesNotHaveDuplicates();

      workload.remove();
      await("nothing is held any more")
          .atMost(Actuator.SOON)
          .until(() -> Objects.equals(measuresOf(service).getLast().storageBytes(), 0L));
      awaitHolding(other.name(), 4);
    }
  }

  @Test
  void aSleeper_isMeasuredAsWell() {
    Workload workload = Workloads.web().label("catnap.enable", "true").start();
    String service = workload.name();
    actuator.awaitState(service, RunState.RUNNING);
    workload.write("/own", 2 * MIB);
    workload.pause();
    actuator.awaitState(service, RunState.SLEEPING);
    assertThat(awaitHolding(service, 2).memoryBytes()).isPositive();
  }
}
