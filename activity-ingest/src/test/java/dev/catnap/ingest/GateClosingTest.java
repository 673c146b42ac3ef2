package dev.catnap.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catnap.events.RunState;
import dev.catnap.ingest.gate.WaitingRoom;
import dev.catnap.testkit.HttpProbe.Answer;
import dev.catnap.testkit.KafkaServer;
import dev.catnap.testkit.WithKafka;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@WithKafka
class GateClosingTest {
  @Test
  void whoIsHeldWhenTheProcessEndsIsAnswered(KafkaServer server) {
    Ingest ingest = Ingest.on(server);
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      ingest.isNow("closing", RunState.SLEEPING);
      CompletableFuture<Answer> asked =
          CompletableFuture.supplyAsync(
              () -> ingest.http.get("/gate/closing?timeout=60s"), clients);
      await().atMost(Ingest.SOON).until(() -> ingest.bean(WaitingRoom.class).held() == 1);
      CompletableFuture<Void> closed = CompletableFuture.runAsync(ingest::end, clients);
      Answer answer = asked.orTimeout(10, TimeUnit.SECONDS).join();
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.body()).contains("Catnap is restarting");
      closed.orTimeout(20, TimeUnit.SECONDS).join();
    } finally {
      ingest.close();
    }
  }
}
