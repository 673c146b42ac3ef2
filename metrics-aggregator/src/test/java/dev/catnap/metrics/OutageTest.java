package dev.catnap.metrics;

import static dev.catnap.events.RunState.RUNNING;
import static dev.catnap.events.RunState.SLEEPING;
import static dev.catnap.metrics.Changes.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.events.StateChange;
import dev.catnap.events.kafka.Topics;
import dev.catnap.testkit.HttpProbe;
import dev.catnap.testkit.KafkaServer;
import dev.catnap.testkit.PostgresServer;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The database and the broker go away and come back; nothing is skipped. */
class OutageTest {
  private static final PostgresServer POSTGRES = PostgresServer.privateServer();
  private static final KafkaServer KAFKA = KafkaServer.privateServer();
  private static int runs;
  private final String web = "web-" + runs;
  private Service service;

  @BeforeEach
  void prepare() {
    service = new Service(KAFKA.bootstrapServers(), POSTGRES.freshDatabase(), "outage-" + runs++);
  }

  @AfterEach
  void end() {
    service.close();
  }

  @AfterAll
  static void stopServers() {
    KAFKA.close();
    POSTGRES.close();
  }

  private void publish(String id, int minute) {
    StateChange change = Changes.change(web, id, RUNNING, SLEEPING, T0.plusSeconds(60L * minute));
    service.publish(Topics.STATE_CHANGES, List.of(change));
  }

  private void answersUnavailable() {
    HttpProbe.Answer answer = service.http().get("/metrics/sleep-wake");
    assertThat(answer.status()).as(answer.body()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isPresent();
    assertThat(service.http().get("/system/health").body()).contains("\"database(metrics)\"");
  }

  private void awaitAnswer() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> service.http().get("/metrics/sleep-wake").status() == 200);
  }

  @Test
  void databaseAway_startsWithoutItAndWaitsForItAgain() {
    POSTGRES.stop();
    service.start();
    publish("a", 1);
    answersUnavailable();

    POSTGRES.start();
    service.await("SELECT count(*) FROM state_interval WHERE service = '" + web + "'", "1");
    awaitAnswer();

    POSTGRES.stop();
    publish("b", 2);
    answersUnavailable();

    POSTGRES.start();
    service.await("SELECT count(*) FROM state_interval WHERE service = '" + web + "'", "2");
    service.await(
        "SELECT count(*) FROM state_interval WHERE ended_at IS NULL AND service = '" + web + "'",
        "1");
    awaitAnswer();
  }

  @Test
  void brokerAway_answersGoOnAndSayWhatIsNotKnown() {
    service.start();
    publish("a", 1);
    service.await("SELECT count(*) FROM state_interval WHERE service = '" + web + "'", "1");

    KAFKA.stop();
    HttpProbe.Answer performance = service.http().get("/metrics/performance");
    assertThat(performance.status()).isEqualTo(200);
    assertThat(performance.json().get("eventLag").get("reason").asString()).contains("broker");

    KAFKA.start();
    publish("b", 2);
    service.await("SELECT count(*) FROM state_interval WHERE service = '" + web + "'", "2");
  }
}
