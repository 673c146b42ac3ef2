package dev.catnap.testkit.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.testkit.HttpProbe;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;

@RequiresDocker
class WorkloadsTest {

  @Test
  void container_answers_pauses_and_is_removed_even_when_paused() {
    Workload web =
        Workloads.web().label("catnap.enable", "true").memory(32 << 20).cpus(0.5).start();
    web.awaitHttp(Duration.ofSeconds(30));
    try (HttpProbe probe = new HttpProbe(web.url())) {
      assertThat(probe.get("/").body()).isEqualTo("awake\n");
    }
    web.pause();
    assertThat(web.state()).isEqualTo("paused");
    assertThat(web.inspect().getConfig().getLabels())
        .containsEntry("catnap.enable", "true")
        .containsEntry(Workloads.LABEL, Workloads.runId());
    assertThat(web.inspect().getHostConfig().getMemory()).isEqualTo(32 << 20);
    assertThat(Workloads.list()).extracting(Workload::id).contains(web.id());
    web.remove();
    assertThat(Workloads.list()).extracting(Workload::id).doesNotContain(web.id());
  }

  /** The end of this JVM has to remove it; the build machine's container list shows if not. */
  @Test
  void container_may_be_left_behind_paused() {
    Workload left = Workloads.web().shell("while :; do sleep 1; done").start();
    left.pause();
    assertThat(left.state()).isEqualTo("paused");
  }

  @Test
  void testcontainers_speaks_the_engines_version() {
    assertThat(DockerClientFactory.instance().client().versionCmd().exec().getApiVersion())
        .isNotEmpty();
    assertThat(System.getProperty("api.version")).isEqualTo(DockerEngine.get().apiVersion());
  }

  @Test
  void versions_compare_as_numbers() {
    assertThat(DockerEngine.older("1.9", "1.41")).isEqualTo("1.9");
    assertThat(DockerEngine.older("1.52", "1.44")).isEqualTo("1.44");
  }

  @Test
  void interpreter_tells_static_from_dynamic() throws Exception {
    assertThat(StaticBusybox.isStatic(StaticBusybox.find())).isTrue();
    assertThat(StaticBusybox.isStatic(Path.of("/bin/sh"))).isFalse();
  }
}
