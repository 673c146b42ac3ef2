package dev.catnap.bench;

import dev.catnap.embedded.kafka.EmbeddedKafka;
import dev.catnap.embedded.kafka.EmbeddedKafkaSettings;
import dev.catnap.embedded.postgres.EmbeddedPostgres;
import dev.catnap.embedded.postgres.EmbeddedPostgresSettings;
import java.nio.file.Path;

/** A broker and a database for services that run on their own; until the process is ended. */
public final class Servers {
  private Servers() {}

  /**
   * @param args a directory for their data
   */
  public static void main(String[] args) throws InterruptedException {
    Path data = Path.of(args[0]);
    try (EmbeddedKafka kafka =
            EmbeddedKafka.start(EmbeddedKafkaSettings.in(data.resolve("kafka")));
        EmbeddedPostgres postgres =
            EmbeddedPostgres.start(EmbeddedPostgresSettings.in(data.resolve("postgres")))) {
      System.out.println("CATNAP_KAFKA_BOOTSTRAP_SERVERS=" + kafka.bootstrapServers());
      System.out.println("CATNAP_POSTGRES_URL=" + postgres.jdbcUrl());
      System.out.println("CATNAP_POSTGRES_USER=" + postgres.user());
      System.out.println("CATNAP_POSTGRES_PASSWORD=" + postgres.password());
      Thread.currentThread().join();
    }
  }
}
