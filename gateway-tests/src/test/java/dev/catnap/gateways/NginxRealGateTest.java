package dev.catnap.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.events.RunState;
import dev.catnap.testkit.HttpProbe;
import dev.catnap.testkit.RequiresProgram;
import dev.catnap.testkit.TemporaryDirectory;
import dev.catnap.testkit.docker.RequiresDocker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@RequiresDocker
@RequiresProgram(value = "nginx", debianPackage = "nginx")
class NginxRealGateTest extends RealGateContract {

  NginxRealGateTest() {
    super(Gateway.NGINX);
  }

  /** Its host is in no line of the configuration; nobody comes so far. */
  @Test
  void whatEndsAtOnceIsTriedThriceThenRefusedWithTheReason() throws IOException {
    Path notes = TemporaryDirectory.create("starts");
    SleepyService broken = new SleepyService("broken", before.notes.port());
    broken.define(
        before.path,
        Map.of(
            "auto_start",
            false,
            "publish",
            "false",
            "command",
            List.of("sh", "-c", "echo started >> /starts/all; exit 3"),
            "volumes",
            Map.of(notes.toString(), "/starts")));
    before.path.awaitState(broken.name(), RunState.STOPPED);
    try (ClientConnection client = before.client()) {
      HttpMessage answer = client.get(broken.host(), "/");
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("Retry-After")).hasValue("5");
      assertThat(answer.text()).contains("urn:catnap:problem:wake-failed", "exited with code 3");
    }
    assertThat(Files.readAllLines(notes.resolve("all"))).hasSize(3);
    HttpProbe.Answer status = before.path.http().get("/services/broken/status");
    assertThat(status.json().path("state").asString()).isEqualTo("FAILED");
    assertThat(status.json().path("failure").asString()).contains("exited with code 3");
    broken.forget(before.path);
  }
}
