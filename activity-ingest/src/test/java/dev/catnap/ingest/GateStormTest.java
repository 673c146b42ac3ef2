package dev.catnap.ingest;

import static dev.catnap.ingest.gate.Stories.went;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catnap.events.RunState;
import dev.catnap.ingest.gate.WaitingRoom;
import dev.catnap.testkit.HttpProbe.Answer;
import dev.catnap.testkit.KafkaServer;
import dev.catnap.testkit.WithKafka;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Many at once. */
@WithKafka
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GateStormTest {
  /** The gate's {@code report-every}, and how often it repeats itself while somebody is held. */
  private static final Duration TOLD_EVERY = Duration.ofMillis(500);

  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
  private Ingest ingest;

  @BeforeAll
  void start(KafkaServer server) {
    ingest = Ingest.on(server);
  }

  @AfterAll
  void stop() {
    ingest.close();
    clients.close();
  }

  private List<CompletableFuture<Answer>> ask(int times, String service) {
    return IntStream.range(0, times).mapToObj(i -> ask(service)).toList();
  }

  private CompletableFuture<Answer> ask(String service) {
    return CompletableFuture.supplyAsync(
        () -> ingest.http.get("/gate/" + service + "?timeout=60s"), clients);
  }

  @Test
  void aStormOnOneServiceCausesFewRecordsAndDelaysNoOther() {
    ingest.isNow("flooded", RunState.SLEEPING);
    ingest.isNow("beside-the-flood", RunState.SLEEPING);
    Instant began = Instant.now();
    List<CompletableFuture<Answer>> storm = ask(500, "flooded");
    await().atMost(Ingest.SOON).until(() -> ingest.bean(WaitingRoom.class).held() == 500);
    CompletableFuture<Answer> calm = ask("beside-the-flood");
    await().atMost(Ingest.SOON).until(() -> !ingest.activityOf("beside-the-flood").isEmpty());
    ingest.tell(went("beside-the-flood", RunState.RUNNING, Instant.now()));
    assertThat(calm.join().status()).isEqualTo(200);
    assertThat(storm).noneMatch(CompletableFuture::isDone);
    long halfSeconds = Duration.between(began, Instant.now()).dividedBy(TOLD_EVERY) + 1;
    // 500 ask: the first is told at once, then at most a report and a repeat each half second.
    assertThat(ingest.activityOf("flooded")).hasSizeLessThanOrEqualTo((int) (2 + 2 * halfSeconds));
    ingest.tell(went("flooded", RunState.RUNNING, Instant.now()));
    assertThat(storm).allSatisfy(answer -> assertThat(answer.join().status()).isEqualTo(200));
  }

  /** Each is asked for at once: nobody's first report waits for a timer or for anybody else. */
  @Test
  void hundredServicesAreAskedForAtTheSameMoment() {
    List<String> services = IntStream.range(0, 100).mapToObj(i -> "one-of-many-" + i).toList();
    services.forEach(service -> ingest.tell(went(service, RunState.SLEEPING, Instant.now())));
    services.forEach(service -> ingest.awaitState(service, RunState.SLEEPING));
    List<CompletableFuture<Answer>> asked = services.stream().map(this::ask).toList();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            ingest.kafka.readAll(Ingest.ACTIVITY).stream()
                    .map(message -> String.valueOf(message.key()))
                    .filter(services::contains)
                    .collect(Collectors.toSet())
                    .size()
                == 100);
    ingest.tell(went(services.get(99), RunState.RUNNING, Instant.now()));
    assertThat(asked.get(99).join().status()).isEqualTo(200);
    assertThat(asked.subList(0, 99)).noneMatch(CompletableFuture::isDone);
    services.forEach(service -> ingest.tell(went(service, RunState.RUNNING, Instant.now())));
    assertThat(asked).allSatisfy(answer -> assertThat(answer.join().status()).isEqualTo(200));
  }
}
