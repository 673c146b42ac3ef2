package dev.catnap.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.testkit.HttpProbe;
import dev.catnap.testkit.TemporaryDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The five services in one process on one port, with local processes to put to sleep. */
class OneProcessTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final SampleService SHOP = SampleService.named("shop");
  private static final int CLIENTS = 4;
  private static final int LEAST_ROUNDS = 15;
  private static final int MOST_ROUNDS = 100;
  private static final int SLEEPS = 3;

  private static final Path data = TemporaryDirectory.create("all-in-one");
  private static CatnapFixture catnap;

  @BeforeAll
  static void start() {
    catnap = CatnapFixture.withProcesses(data, SHOP.definedIn(data));
  }

  @AfterAll
  static void stop() {
    SHOP.close();
    catnap.close();
  }

  @Test
  void readyMeansThatEveryPartIsUp() {
    JsonNode health = catnap.get("/system/health");
    assertThat(health.path("status").asString("")).isEqualTo("UP");
    assertThat(health.path("parts").findValuesAsString("name"))
        .contains(
            "activity-ingest",
            "policy-service",
            "container-actuator",
            "metrics-aggregator",
            "cost-service",
            "kafka");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/gate/shop",
        "/services/status",
        "/services/shop/status",
        "/metrics/resources",
        "/metrics/sleep-wake",
        "/metrics/performance",
        "/metrics/trends?metric=wakes&window=1h&step=5m",
        "/metrics/cost",
        "/cost/roi?investment=100",
        "/health",
        "/actuator/prometheus"
      })
  void everyServiceAnswersOnTheOnePort(String path) {
    catnap.awaitState("shop", "RUNNING", LIMIT);
    HttpProbe.Answer answer = catnap.http().get(path);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void theApiIsOneDocument() {
    JsonNode paths = catnap.get("/v3/api-docs").path("paths");
    assertThat(paths.propertyNames())
        .contains(
            "/activity",
            "/gate/{service}",
            "/services/status",
            "/services/{name}/wake",
            "/metrics/sleep-wake",
            "/metrics/cost",
            "/system/health");
  }

  @Test
  void anUnknownPathIsAProblem() {
    HttpProbe.Answer answer = catnap.http().get("/nowhere");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
  }

  @Test
  void aSleeperIsWokenByARequestThroughTheGate() {
    catnap.awaitState("shop", "RUNNING", LIMIT);
    assertThat(catnap.http().post("/services/shop/sleep?wait=10s", "").status()).isEqualTo(200);
    assertThat(catnap.state("shop")).isEqualTo("SLEEPING");
    assertThat(catnap.http().get("/gate/shop").status()).isEqualTo(200);
    try (HttpProbe shop = new HttpProbe(SHOP.url())) {
      assertThat(shop.get("/").body()).isEqualTo("hello from shop\n");
    }
    assertThat(catnap.state("shop")).isEqualTo("RUNNING");
    Awaitility.await("the wake is in the history")
        .atMost(LIMIT)
        .untilAsserted(() ->
            assertThat(
                    catnap
                        .get("/metrics/sleep-wake?service=shop")
                        .path("total")
                        .path("wakes")
                        .asLong(0))
                .isPositive());
  }

  /** Hundreds of requests against sleeps by hand that never stop coming, on a real process. */
  @Test
  void noRequestIsLost_whateverTheMomentOfTheSleep() throws Exception {
    catnap.awaitState("shop", "RUNNING", LIMIT);
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger slept = new AtomicInteger();
    AtomicBoolean enough = new AtomicBoolean();
    CyclicBarrier together = new CyclicBarrier(CLIENTS, () -> enough.set(slept.get() >= SLEEPS));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> sleeps = threads.submit(() -> keepPuttingToSleep(over, slept));
      List<Future<Boolean>> clients = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        Random dice = new Random(client);
        clients.add(threads.submit(() -> race(dice, together, enough)));
      }
      try {
        for (Future<Boolean> client : clients) {
          assertThat(client.get(120, TimeUnit.SECONDS)).as("slept during the race").isTrue();
        }
      } finally {
        over.set(true);
      }
      sleeps.get(60, TimeUnit.SECONDS);
    }
    ask();
    catnap.awaitState("shop", "RUNNING", LIMIT);
  }

  private static void keepPuttingToSleep(AtomicBoolean over, AtomicInteger slept) {
    while (!over.get()) {
      if (catnap.http().post("/services/shop/sleep?wait=2s", "").status() == 200) {
        slept.incrementAndGet();
      }
    }
  }

  /**
   * Rounds of requests close to each other; between them all clients pause together, so that a
   * sleep can be met at any of its moments. Goes on until some were reached, within bounds.
   *
   * @return whether so many sleeps were reached while clients asked
   */
  private static boolean race(Random dice, CyclicBarrier together, AtomicBoolean enough)
      throws Exception {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      together.await(60, TimeUnit.SECONDS);
      if (enough.get() && round >= LEAST_ROUNDS) {
        return true;
      }
      LockSupport.parkNanos(dice.nextInt(400_000_000));
      for (int i = 0; i < 4; i++) {
        ask();
        LockSupport.parkNanos(dice.nextInt(60_000_000));
      }
    }
    return enough.get();
  }

  private static void ask() {
    assertThat(catnap.http().get("/gate/shop?timeout=60s").status()).isEqualTo(200);
    assertThat(answerOfShop()).endsWith("hello from shop\n");
  }

  /** On a connection of its own: one that is kept open makes a sleep look for longer. */
  private static String answerOfShop() {
    try (Socket socket = new Socket("127.0.0.1", SHOP.port())) {
      socket.setSoTimeout((int) LIMIT.toMillis());
      socket
          .getOutputStream()
          .write("GET / HTTP/1.0\r\nHost: shop\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
