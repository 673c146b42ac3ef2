package dev.catnap.gateways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What every configuration of {@code deploy/gateways} does before the real gate and real
 * containers: whatever state a service is in, the request is answered by the service.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RealGateContract {

  private static final String BROWSER =
      "Accept: text/html,*/*;q=0.8\r\nSec-Fetch-Mode: navigate\r\n";

  private final Gateway gateway;
  RealGateFixture before;

  RealGateContract(Gateway gateway) {
    this.gateway = gateway;
  }

  @BeforeAll
  void start() {
    before = new RealGateFixture(gateway);
  }

  @AfterAll
  void end() {
    if (before != null) {
      before.close();
    }
  }

  /** Defined and not created: created and started by the first request. */
  private void isDefined(SleepyService service, Map<String, Object> more) {
    Map<String, Object> fields = new HashMap<>(more);
    fields.put("auto_start", false);
    service.define(before.path, fields);
    before.path.awaitState(service.name(), RunState.STOPPED);
  }

  @Test
  void notCreatedPausedOrStoppedARequestIsAnswered() {
    SleepyService files = before.files;
    isDefined(files, Map.of());
    aBrowserSeesTheWaitingPageAndLandsOnThePageItAskedFor(files);
    try (ClientConnection client = before.client()) {
      before.assertAnswers(client, files);
      before.path.bring(files.name(), RunState.SLEEPING);
      assertThat(files.container().state()).isEqualTo("paused");
      before.assertAnswers(client, files);

      before.path.bring(files.name(), RunState.STOPPED);
      assertThat(files.container().state()).isEqualTo("exited");
      byte[] body = new byte[200_000];
      new Random(7).nextBytes(body);
      HttpMessage answer = client.post(files.host(), "/upload", body);
      before.assertAnswered(answer, files);
      assertThat(answer.header(ServiceStandIn.DIGEST)).hasValue(ServiceStandIn.sha256(body));
    }
    assertThat(before.path.changesOf(files.name()))
        .extracting(StateChange::to)
        .doesNotContain(RunState.FAILED);
  }

  private void aBrowserSeesTheWaitingPageAndLandsOnThePageItAskedFor(SleepyService service) {
    HttpMessage page = visit(service);
    assertThat(page.status()).isEqualTo(503);
    assertThat(page.header("Content-Type").orElse("")).startsWith("text/html");
    assertThat(page.header("Retry-After")).hasValue("1");
    assertThat(page.header("Content-Security-Policy").orElse("")).contains("default-src 'none'");
    assertThat(page.text()).contains(service.name(), "http-equiv=\"refresh\" content=\"1\"");
    HttpMessage landed =
        await("the page asked for")
            .atMost(WakePath.SOON)
            .pollInterval(Duration.ofMillis(500))
            .until(() -> visit(service), answer -> answer.status() != 503);
    before.assertAnswered(landed, service);
  }

  private HttpMessage visit(SleepyService service) {
    try (ClientConnection browser = before.client()) {
      browser.send("GET", service.host(), "/page?of=theirs&mode=wait", BROWSER);
      return browser.answer();
    }
  }

  @Test
  void byItsHostMarkedRequestsWakeNothingOthersDoAndAWebSocketToo() {
    SleepyService notes = before.notes;
    isDefined(
        notes,
        Map.of(
            "not_waking",
            Map.of(
                "user_agents", List.of("*monitor*"),
                "paths", List.of("/metrics"),
                "headers", List.of("X-Probe=1"))));
    assertWakesNothing(notes, "/", "User-Agent: Acme-Monitor/2\r\n");
    assertWakesNothing(notes, "/metrics", "");
    assertWakesNothing(notes, "/any", "X-Probe: 1\r\n");
    assertThat(before.path.changesOf(notes.name()).getLast().to()).isEqualTo(RunState.STOPPED);
    try (ClientConnection person = before.client()) {
      before.assertAnswers(person, notes);
    }
    before.path.bring(notes.name(), RunState.SLEEPING);
    assertWakesNothing(notes, "/metrics", "");
    assertThat(notes.container().state()).isEqualTo("paused");
    try (ClientConnection client = before.client()) {
      client.sendUpgrade(notes.host(), "/socket");
      assertThat(client.answer().status()).isEqualTo(101);
      assertThat(client.echo("awake")).isEqualTo("awake");
    }
  }

  private void assertWakesNothing(SleepyService service, String target, String headers) {
    try (ClientConnection monitor = before.client()) {
      monitor.send("GET", service.host(), target, headers);
      HttpMessage answer = monitor.answer();
      assertThat(answer.status()).as(target + headers).isEqualTo(503);
      assertThat(answer.text()).contains("urn:catnap:problem:not-waking");
    }
  }
}
