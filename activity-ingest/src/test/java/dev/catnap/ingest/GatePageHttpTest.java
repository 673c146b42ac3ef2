package dev.catnap.ingest;

import static dev.catnap.ingest.gate.Stories.failed;
import static dev.catnap.ingest.gate.Stories.waking;
import static dev.catnap.ingest.gate.Stories.went;
import static dev.catnap.ingest.gate.Stories.woken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catnap.events.RunState;
import dev.catnap.ingest.gate.WaitingRoom;
import dev.catnap.testkit.HttpProbe.Answer;
import dev.catnap.testkit.KafkaServer;
import dev.catnap.testkit.WithKafka;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The waiting page as a browser gets it. */
@WithKafka
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatePageHttpTest {
  private static final Map<String, String> BROWSER =
      Map.of("Accept", "text/html,*/*;q=0.8", "Sec-Fetch-Mode", "navigate");

  private Ingest ingest;

  @BeforeAll
  void start(KafkaServer server) {
    ingest = Ingest.on(server);
  }

  @AfterAll
  void stop() {
    ingest.close();
  }

  private Answer visit(String service) {
    return ingest.http.send("GET", "/gate/" + service + "?mode=page", "", BROWSER);
  }

  @Test
  void aBrowserSeesAPageThatAsksAgainAndLandsWhereItWantedTo() {
    Instant before = Instant.now().minusSeconds(60);
    ingest.tell(went("paged", RunState.STOPPED, before));
    ingest.tell(waking("paged", "main", RunState.STOPPED, before));
    ingest.tell(woken("paged", "main", "earlier", before, before.plusSeconds(5)));
    ingest.tell(went("paged", RunState.STOPPED, before.plusSeconds(6)));
    ingest.awaitState("paged", RunState.STOPPED);
    Answer page = visit("paged");
    assertThat(page.status()).isEqualTo(503);
    assertThat(page.header("Retry-After")).hasValue("1");
    assertThat(page.header("Cache-Control")).hasValue("no-store");
    assertThat(page.header("Content-Type")).hasValue("text/html;charset=utf-8");
    assertThat(page.header("Content-Security-Policy").orElse(""))
        .startsWith("default-src 'none'; style-src 'sha256-");
    assertThat(page.header("Catnap-State")).hasValue("STOPPED");
    assertThat(page.body())
        .contains("paged", "usually takes about 5 seconds", "http-equiv=\"refresh\" content=\"1\"");
    await().atMost(Ingest.SOON).until(() -> !ingest.activityOf("paged").isEmpty());
    ingest.isNow("paged", RunState.RUNNING);
    assertThat(visit("paged").status()).isEqualTo(200);
  }

  @Test
  void whatWakesAtOnceShowsNoPage() {
    ingest.isNow("page-quick", RunState.SLEEPING);
    CompletableFuture<Answer> visited = new CompletableFuture<>();
    Thread.startVirtualThread(() -> visited.complete(visit("page-quick")));
    await()
        .atMost(Ingest.SOON)
        .pollInterval(Duration.ofMillis(2))
        .until(() -> ingest.bean(WaitingRoom.class).held() == 1);
    ingest.tell(went("page-quick", RunState.RUNNING, Instant.now()));
    assertThat(visited.join().status()).isEqualTo(200);
    assertThat(visited.join().body()).isEmpty();
  }

  @Test
  void aFailureIsShown() {
    ingest.tell(failed("page-broken", Instant.now(), "image <app:1> is not there"));
    ingest.awaitState("page-broken", RunState.FAILED);
    Answer page = visit("page-broken");
    assertThat(page.status()).isEqualTo(503);
    assertThat(page.header("Retry-After")).hasValue("5");
    assertThat(page.body()).contains("cannot be woken", "image &lt;app:1&gt; is not there");
  }

  @Test
  void theReasonIsToldAgainWithoutHoldingOrCounting() {
    ingest.isNow("page-reason", RunState.STOPPED);
    Answer page = ingest.http.send("GET", "/gate/page-reason?mode=reason", "", BROWSER);
    assertThat(page.status()).isEqualTo(503);
    assertThat(page.body()).contains("page-reason", "http-equiv=\"refresh\"");
    Answer problem = ingest.http.get("/gate/page-reason?mode=reason&mode=page");
    assertThat(problem.status()).isEqualTo(503);
    assertThat(problem.header("Catnap-Waited-Millis")).isEmpty();
    assertThat(problem.json().path("type").asString()).isEqualTo("urn:catnap:problem:not-in-time");
    ingest.isNow("page-reason", RunState.RUNNING);
    Answer awake = ingest.http.get("/gate/page-reason?mode=reason");
    assertThat(awake.status()).isEqualTo(503);
    assertThat(awake.header("Retry-After")).hasValue("1");
    assertThat(ingest.activityOf("page-reason")).isEmpty();
  }

  @Test
  void whoIsNoBrowserIsHeldAndWhatNobodyKnowsIsNotThere() {
    ingest.isNow("page-api", RunState.STOPPED);
    Answer answer =
        ingest.http.send(
            "GET", "/gate/page-api?mode=page&timeout=400ms", "", Map.of("Accept", "*/*"));
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
    assertThat(Long.parseLong(answer.header("Catnap-Waited-Millis").orElseThrow()))
        .isGreaterThanOrEqualTo(400);
    assertThat(visit("nobody").status()).isEqualTo(404);
  }
}
