package dev.catnap.ingest;

import static dev.catnap.ingest.gate.Stories.went;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catnap.events.RunState;
import dev.catnap.ingest.gate.RequestTally;
import dev.catnap.ingest.gate.kafka.StateView;
import dev.catnap.testkit.HttpProbe.Answer;
import dev.catnap.testkit.KafkaServer;
import dev.catnap.testkit.WithKafka;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The broker goes away and comes back under a gate that is in use. */
@WithKafka(isolated = true)
class BrokerOutageTest {
  private static final String[] IMPATIENT = {
    "--catnap.kafka.delivery-timeout=2s",
    "--catnap.kafka.request-timeout=1s",
    "--catnap.kafka.max-block=1s",
    "--catnap.activity-ingest.gate.broker-grace=1s",
  };

  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

  @Test
  void runningServicesPassAndNothingAcceptedIsLost(KafkaServer server) {
    server.start();
    try (Ingest ingest = Ingest.on(server, IMPATIENT)) {
      ingest.isNow("awake", RunState.RUNNING);
      ingest.isNow("asleep", RunState.SLEEPING);
      Set<String> accepted = ConcurrentHashMap.newKeySet();
      AtomicBoolean done = new AtomicBoolean();
      CompletableFuture<Void> sender =
          CompletableFuture.runAsync(() -> send(ingest, accepted, done), clients);
      await().atMost(Ingest.SOON).until(() -> accepted.size() > 200);

      server.stop();
      for (int i = 0; i < 100; i++) {
        assertThat(ingest.http.get("/gate/awake").status()).isEqualTo(200);
      }
      await().atMost(Ingest.SOON).until(() -> !ingest.bean(StateView.class).isConnected());
      await()
          .atMost(Ingest.SOON)
          .until(() -> ingest.http.post("/activity", "{\"service\":\"x\"}").status() == 503);
      Answer refused = ingest.http.post("/activity", "{\"service\":\"x\"}");
      assertThat(refused.header("Retry-After")).hasValue("2");
      assertThat(refused.header("Content-Type")).hasValue("application/problem+json");
      ingest.awaitGate("asleep", 503);
      assertThat(ingest.http.get("/gate/asleep").json().get("detail").asString())
          .contains("broker is away");
      assertThat(ingest.http.get("/gate/nobody").status()).isEqualTo(404);
      assertThat(ingest.http.get("/gate/awake").status()).isEqualTo(200);
      assertThat(ingest.http.get("/system/health").body()).contains("DEGRADED");

      server.start();
      int before = accepted.size();
      await().atMost(Ingest.SOON).until(() -> accepted.size() > before + 200);
      done.set(true);
      sender.join();
      ingest.isNow("asleep", RunState.RUNNING);
      assertThat(ingest.http.get("/gate/asleep").status()).isEqualTo(200);
      await().atMost(Ingest.SOON).until(() -> ingest.bean(RequestTally.class).unreported() == 0);
      assertThat(idsOnTheLog(ingest)).containsAll(accepted);
      assertThat(requestsOnTheLog(ingest, "awake")).isEqualTo(101);
    }
  }

  @Test
  void whoStartsWithoutABrokerRefusesUntilItHasReadTheLog(KafkaServer server) {
    server.start();
    try (Ingest before = Ingest.on(server, IMPATIENT)) {
      before.isNow("running", RunState.RUNNING);
    }
    server.stop();
    try (Ingest ingest = Ingest.withoutBroker(server, with("--catnap.kafka.start-wait=0s"))) {
      Answer answer = ingest.http.get("/gate/running");
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("Retry-After")).hasValue("1");
      assertThat(answer.json().get("type").asString()).endsWith("not-caught-up");
      assertThat(ingest.http.post("/activity", "{\"service\":\"x\"}").status()).isEqualTo(503);
      server.start();
      ingest.awaitGate("running", 200);
      ingest.awaitGate("nobody", 404);
      assertThat(ingest.http.post("/activity", "{\"service\":\"x\"}").status()).isEqualTo(202);
    }
  }

  @Test
  void whoIsHeldWhileTheBrokerRestartsIsAnsweredAfterwards(KafkaServer server) {
    server.start();
    try (Ingest ingest = Ingest.on(server, IMPATIENT)) {
      ingest.isNow("sleeper", RunState.SLEEPING);
      CompletableFuture<Answer> asked =
          CompletableFuture.supplyAsync(
              () -> ingest.http.get("/gate/sleeper?timeout=25s"), clients);
      await().atMost(Ingest.SOON).until(() -> !ingest.activityOf("sleeper").isEmpty());
      server.stop();
      server.start();
      ingest.tell(went("sleeper", RunState.RUNNING, Instant.now()));
      assertThat(asked.join().status()).isEqualTo(200);
    }
  }

  private static String[] with(String one) {
    return Stream.concat(Arrays.stream(IMPATIENT), Stream.of(one)).toArray(String[]::new);
  }

  /** Posts five lines at a time and remembers the ids that were answered 202. */
  private static void send(Ingest ingest, Set<String> accepted, AtomicBoolean done) {
    for (int batch = 0; !done.get(); batch++) {
      int number = batch;
      Set<String> ids =
          IntStream.range(0, 5).mapToObj(i -> "b" + number + "-" + i).collect(Collectors.toSet());
      String lines =
          ids.stream()
              .map(id -> "{\"service\":\"posted\",\"id\":\"" + id + "\"}")
              .collect(Collectors.joining("\n"));
      Map<String, String> type = Map.of("Content-Type", "application/x-ndjson");
      if (ingest.http.send("POST", "/activity", lines, type).status() == 202) {
        accepted.addAll(ids);
      }
    }
  }

  private static Set<String> idsOnTheLog(Ingest ingest) {
    return ingest.activityOf("posted").stream()
        .map(m -> m.headers().get("ce_id"))
        .collect(Collectors.toSet());
  }

  /** A repeated id counts once. */
  private static int requestsOnTheLog(Ingest ingest, String service) {
    return ingest.activityOf(service).stream()
        .map(m -> JsonMapper.shared().readTree(m.value()))
        .collect(
            Collectors.toMap(
                activity -> activity.get("id").asString(),
                activity -> activity.get("count").asInt(),
                (one, again) -> one))
        .values()
        .stream()
        .mapToInt(Integer::intValue)
        .sum();
  }
}
