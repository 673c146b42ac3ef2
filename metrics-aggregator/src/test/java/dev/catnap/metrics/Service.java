package dev.catnap.metrics;

import dev.catnap.events.kafka.Records;
import dev.catnap.events.kafka.Topic;
import dev.catnap.testkit.HttpProbe;
import dev.catnap.testkit.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The service as it runs by itself, on a broker and a database of the test's choice. */
public final class Service implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> TABLES =
      List.of(
          "fold_offset",
          "state_change",
          "state_interval",
          "state_quarter_day",
          "wake",
          "resource_sample",
          "usage_minute",
          "usage_hour",
          "usage_day",
          "activity",
          "activity_minute",
          "activity_hour",
          "activity_day",
          "wake_minute",
          "wake_hour",
          "wake_day",
          "dirty");

  private final String brokers;
  private final PostgresServer.Database database;
  private final String group;
  private final KafkaProducer<String, byte[]> producer;
  private volatile Instant now = Changes.T0.plusSeconds(7 * 3600);
  private ConfigurableApplicationContext context;
  private HttpProbe http;

  public Service(String brokers, PostgresServer.Database database, String group) {
    this.brokers = brokers;
    this.database = database;
    this.group = group;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", brokers, "acks", "all", "linger.ms", "0"),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  public Service start(String... more) {
    SpringApplication application = new SpringApplication(MetricsAggregatorApplication.class);
    application.addInitializers(fresh ->
        ((GenericApplicationContext) fresh).registerBean("clock", Clock.class, TestClock::new));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--catnap.port=0",
                "--catnap.kafka.bootstrap-servers=" + brokers,
                "--catnap.kafka.gather=20ms",
                "--catnap.kafka.group-prefix=" + group + ".",
                "--catnap.kafka.partitions=2",
                "--catnap.postgres.url=" + database.jdbcUrl(),
                "--catnap.postgres.user=" + database.user(),
                "--catnap.postgres.password=" + database.password()));
    arguments.addAll(List.of(more));
    context = application.run(arguments.toArray(String[]::new));
    String port = context.getEnvironment().getProperty("local.server.port");
    http = new HttpProbe("http://127.0.0.1:" + port);
    return this;
  }

  public void stop() {
    http.close();
    context.close();
  }

  public HttpProbe http() {
    return http;
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** What the service takes for now. */
  public void itIs(Instant time) {
    now = time;
  }

  public <V> void publish(Topic<V> topic, List<V> events) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    events.forEach(event -> sent.add(producer.send(Records.write(topic, event, "/test"))));
    sent.forEach(Service::acknowledged);
  }

  public void publishText(String topic, String key, String value) {
    acknowledged(
        producer.send(new ProducerRecord<>(topic, key, value.getBytes(StandardCharsets.UTF_8))));
  }

  private static void acknowledged(Future<RecordMetadata> sent) {
    try {
      sent.get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until the first column of the first row says so. */
  public void await(String sql, String expected) {
    Awaitility.await(sql + " = " + expected)
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () -> org.assertj.core.api.Assertions.assertThat(value(sql)).isEqualTo(expected));
  }

  public String value(String sql) {
    return rows(sql).getFirst();
  }

  public List<String> rows(String sql) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET search_path TO metrics");
      List<String> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery(sql)) {
        while (result.next()) {
          rows.add(result.getString(1));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All rows of all tables as text, in an order of their own. */
  public List<String> export() {
    List<String> all = new ArrayList<>();
    TABLES.forEach(table ->
        all.addAll(rows("SELECT '" + table + "' || t::text FROM " + table + " t ORDER BY 1")));
    return all;
  }

  public void truncate() {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET search_path TO metrics");
      statement.execute("TRUNCATE " + String.join(", ", TABLES));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    stop();
    producer.close(Duration.ofSeconds(2));
  }

  private final class TestClock extends Clock {
    @Override
    public java.time.ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
