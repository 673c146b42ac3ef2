package dev.catnap.ingest;

import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import dev.catnap.events.kafka.Records;
import dev.catnap.events.kafka.Topics;
import dev.catnap.ingest.gate.KnownServices;
import dev.catnap.ingest.gate.Stories;
import dev.catnap.testkit.HttpProbe;
import dev.catnap.testkit.KafkaProbe;
import dev.catnap.testkit.KafkaServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** activity-ingest as it runs alone, with a probe at each of its sides. */
final class Ingest implements AutoCloseable {
  static final String ACTIVITY = Topics.ACTIVITY.name();
  static final Duration SOON = Duration.ofSeconds(15);

  private final ConfigurableApplicationContext context;
  final HttpProbe http;
  final KafkaProbe kafka;

  private Ingest(String bootstrapServers, KafkaProbe kafka, String... settings) {
    Map<String, Object> defaults = new HashMap<>();
    defaults.put("catnap.default-port", 0);
    SpringApplication application = new SpringApplication(ActivityIngestApplication.class);
    application.setDefaultProperties(defaults);
    String[] fixed = {"--catnap.port=0", "--catnap.kafka.bootstrap-servers=" + bootstrapServers};
    this.context =
        application.run(
            Stream.concat(Arrays.stream(fixed), Arrays.stream(settings)).toArray(String[]::new));
    this.http = new HttpProbe("http://127.0.0.1:" + port());
    this.kafka = kafka;
  }

  /** Started and caught up. */
  static Ingest on(KafkaServer server, String... settings) {
    Ingest ingest = new Ingest(server.bootstrapServers(), server.probe(), settings);
    ingest.awaitGate("no-such-service", 404);
    return ingest;
  }

  static Ingest withoutBroker(KafkaServer stopped, String... settings) {
    return new Ingest(stopped.bootstrapServers(), stopped.probe(), settings);
  }

  int port() {
    return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** What the actuator tells the log. */
  StateChange tell(StateChange change) {
    ProducerRecord<String, byte[]> record = Records.write(Topics.STATE_CHANGES, change, "/test");
    kafka.send(record.topic(), record.key(), text(record.value()), headers(record));
    return change;
  }

  /** Tells that a service went there just now, and waits until the gate knows. */
  void isNow(String service, RunState state) {
    tell(Stories.went(service, state, Instant.now()));
    awaitState(service, state);
  }

  void awaitState(String service, RunState state) {
    Awaitility.await(service + " " + state)
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> {
          var known = bean(KnownServices.class).of(service);
          return known != null && known.state() == state;
        });
  }

  void awaitGate(String service, int status) {
    Awaitility.await(service + " answers " + status)
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> http.get("/gate/" + service + "?timeout=0s").status() == status);
  }

  /** The activity of a service on the log. */
  List<KafkaProbe.Message> activityOf(String service) {
    return kafka.readAll(ACTIVITY).stream().filter(m -> service.equals(m.key())).toList();
  }

  /** How often it was used as the log tells it: a repeated id counts once. */
  int usesOf(String service) {
    return activityOf(service).stream()
        .map(message -> JsonMapper.shared().readTree(message.value()))
        .collect(
            Collectors.toMap(
                activity -> activity.get("id").asString(),
                activity -> activity.get("count").asInt(),
                (first, again) -> first))
        .values()
        .stream()
        .mapToInt(Integer::intValue)
        .sum();
  }

  private static Map<String, String> headers(ProducerRecord<String, byte[]> record) {
    Map<String, String> headers = new HashMap<>();
    record.headers().forEach(header -> headers.put(header.key(), text(header.value())));
    return headers;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** The process ends; who talks to it still can. */
  void end() {
    context.close();
  }

  @Override
  public void close() {
    end();
    http.close();
    kafka.close();
  }
}
