package dev.catnap.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.testkit.HttpProbe;
import dev.catnap.testkit.KafkaServer;
import dev.catnap.testkit.PostgresServer;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** History of others: over HTTP onto the topic, and from there into the tables. */
class ImportTest {
  private static int runs;
  private final String name = "import-" + runs++;
  private final PostgresServer.Database database = PostgresServer.shared().freshDatabase();
  private Service service;

  @BeforeEach
  void start() {
    service = new Service(KafkaServer.shared().bootstrapServers(), database, name).start();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private String event(String action, Instant at) {
    return """
    {"Type":"container","Action":"%s","Actor":{"ID":"4f2a","Attributes":\
    {"com.docker.compose.service":"%s","name":"%s-1"}},"timeNano":%d}
    """
        .formatted(action, name, name, at.getEpochSecond() * 1_000_000_000L);
  }

  private void awaitIntervals(String... expected) {
    service.await(
        "SELECT string_agg(state || ' ' || coalesce(extract(epoch FROM ended_at - started_at)::int"
            + "::text, 'on'), ', ' ORDER BY started_at) FROM state_interval WHERE service = '"
            + name
            + "'",
        String.join(", ", expected));
  }

  @Test
  void dockerEvents_becomeIntervals_onceHoweverOftenTheyAreImported() {
    String body =
        event("start", Changes.T0)
            + event("pause", Changes.T0.plusSeconds(60))
            + event("exec_start: sh", Changes.T0.plusSeconds(70))
            + "no JSON\n"
            + event("unpause", Changes.T0.plusSeconds(360));

    HttpProbe.Answer answer = importing("docker", body);

    assertThat(answer.status()).isEqualTo(207);
    assertThat(answer.json().get("lines").asLong()).isEqualTo(5);
    assertThat(answer.json().get("accepted").asLong()).isEqualTo(3);
    assertThat(answer.json().get("passedOver").asLong()).isEqualTo(1);
    assertThat(answer.json().get("rejected").get(0).get("line").asLong()).isEqualTo(4);
    awaitIntervals("RUNNING 60", "SLEEPING 300", "RUNNING on");

    assertThat(importing("docker", body).status()).isEqualTo(207);
    assertThat(importing("docker", event("pause", Changes.T0.plusSeconds(400))).status())
        .isEqualTo(202);
    awaitIntervals("RUNNING 60", "SLEEPING 300", "RUNNING 40", "SLEEPING on");
  }

  @Test
  void csv_becomesIntervals() {
    String line = name + "," + name + "-1,%s,%s,%s\n";

    HttpProbe.Answer answer =
        importing(
            "csv",
            "service,container,from,to,at\n"
                + line.formatted("UNKNOWN", "RUNNING", Changes.T0)
                + line.formatted("RUNNING", "SLEEPING", Changes.T0.plusSeconds(120)));

    assertThat(answer.status()).isEqualTo(202);
    awaitIntervals("RUNNING 120", "SLEEPING on");
    HttpProbe.Answer asked =
        service.http().get("/metrics/sleep-wake?service=" + name + "&window=24h");
    assertThat(asked.body()).contains("\"sleeps\":1");
  }

  private HttpProbe.Answer importing(String format, String body) {
    String type = format.equals("csv") ? "text/csv" : "application/x-ndjson";
    return service.http().post("/metrics/imports?format=" + format + "&host=host-1", body, type);
  }
}
