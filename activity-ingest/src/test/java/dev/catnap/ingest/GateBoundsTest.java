package dev.catnap.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catnap.events.RunState;
import dev.catnap.ingest.gate.WaitingRoom;
import dev.catnap.testkit.HttpProbe.Answer;
import dev.catnap.testkit.KafkaServer;
import dev.catnap.testkit.WithKafka;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is one too many is told so at once, and costs those who wait nothing. */
@WithKafka
class GateBoundsTest {
  @Test
  void beyondThePlacesOfAService_andOfAll_requestsAreRefusedWithRetryAfter(KafkaServer server) {
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
        Ingest ingest =
            Ingest.on(
                server,
                "--catnap.activity-ingest.gate.max-held-per-service=3",
                "--catnap.activity-ingest.gate.max-held=5")) {
      ingest.isNow("bounded-a", RunState.SLEEPING);
      ingest.isNow("bounded-b", RunState.SLEEPING);
      List<CompletableFuture<Answer>> first = ask(ingest, clients, 3, "bounded-a");
      awaitHeld(ingest, 3);
      assertRefused(ingest, "bounded-a");
      List<CompletableFuture<Answer>> second = ask(ingest, clients, 2, "bounded-b");
      awaitHeld(ingest, 5);
      assertRefused(ingest, "bounded-b");

      ingest.isNow("bounded-a", RunState.RUNNING);
      assertThat(first).allSatisfy(answer -> assertThat(answer.join().status()).isEqualTo(200));
      List<CompletableFuture<Answer>> third = ask(ingest, clients, 1, "bounded-b");
      awaitHeld(ingest, 3);
      ingest.isNow("bounded-b", RunState.RUNNING);
      assertThat(second).allSatisfy(answer -> assertThat(answer.join().status()).isEqualTo(200));
      assertThat(third).allSatisfy(answer -> assertThat(answer.join().status()).isEqualTo(200));
      awaitHeld(ingest, 0);
    }
  }

  private static List<CompletableFuture<Answer>> ask(
      Ingest ingest, ExecutorService clients, int times, String service) {
    return IntStream.range(0, times)
        .mapToObj(i ->
            CompletableFuture.supplyAsync(
                () -> ingest.http.get("/gate/" + service + "?timeout=60s"), clients))
        .toList();
  }

  private static void awaitHeld(Ingest ingest, int held) {
    await(held + " are held")
        .atMost(Ingest.SOON)
        .until(() -> ingest.bean(WaitingRoom.class).held() == held);
  }

  private static void assertRefused(Ingest ingest, String service) {
    Answer refused = ingest.http.get("/gate/" + service + "?timeout=60s");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.header("Retry-After")).isPresent();
    assertThat(refused.body()).contains("Too many requests wait");
  }
}
