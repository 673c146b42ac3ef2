package dev.catnap.cost;

import dev.catnap.cost.database.CostDatabase;
import dev.catnap.testkit.HttpProbe;
import dev.catnap.testkit.KafkaProbe;
import dev.catnap.testkit.KafkaServer;
import dev.catnap.testkit.PostgresServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** The service as it runs by itself, on a broker of the test's choice and a fresh database. */
public final class CostApp implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ConfigurableApplicationContext context;
  private final KafkaProbe kafka;
  private final String address;
  private final HttpProbe http;

  /**
   * Returns when its database is ready.
   *
   * @param more settings
   */
  public CostApp(KafkaServer broker, String... more) {
    PostgresServer.Database database = PostgresServer.shared().freshDatabase();
    kafka = broker.probe();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--catnap.port=0",
                "--catnap.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                "--catnap.kafka.gather=20ms",
                "--catnap.postgres.url=" + database.jdbcUrl(),
                "--catnap.postgres.user=" + database.user(),
                "--catnap.postgres.password=" + database.password()));
    arguments.addAll(List.of(more));
    context =
        new SpringApplication(CostServiceApplication.class).run(arguments.toArray(String[]::new));
    address = "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
    http = new HttpProbe(address);
    CostDatabase costDatabase = context.getBean(CostDatabase.class);
    Awaitility.await().atMost(PATIENCE).until(() -> costDatabase.problem() == null);
  }

  public KafkaProbe kafka() {
    return kafka;
  }

  public String address() {
    return address;
  }

  public HttpProbe http() {
    return http;
  }

  public JdbcTemplate jdbc() {
    return context.getBean(CostDatabase.class).jdbc();
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  @Override
  public void close() {
    context.close();
    http.close();
    kafka.close();
  }
}
