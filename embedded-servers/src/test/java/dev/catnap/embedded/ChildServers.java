package dev.catnap.embedded;

import dev.catnap.embedded.kafka.EmbeddedKafka;
import dev.catnap.embedded.kafka.EmbeddedKafkaSettings;
import dev.catnap.embedded.kafka.Records;
import dev.catnap.embedded.postgres.EmbeddedPostgres;
import dev.catnap.embedded.postgres.EmbeddedPostgresSettings;
import dev.catnap.embedded.postgres.Rows;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A process that runs both servers, writes to both, says so, and waits to be killed. */
public final class ChildServers {

  private ChildServers() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    EmbeddedKafka kafka = EmbeddedKafka.start(kafkaIn(directory));
    Records.createTopic(kafka.bootstrapServers(), "notes");
    Records.write(kafka.bootstrapServers(), "notes", "from the child");
    EmbeddedPostgres postgres = EmbeddedPostgres.start(postgresIn(directory));
    Rows.write(postgres, "from the child");
    System.out.println("written " + postgres.pid());
    new CountDownLatch(1).await();
  }

  static EmbeddedKafkaSettings kafkaIn(Path directory) {
    return EmbeddedKafkaSettings.in(directory.resolve("kafka"));
  }

  static EmbeddedPostgresSettings postgresIn(Path directory) {
    return EmbeddedPostgresSettings.in(directory.resolve("postgres"))
        .withBinariesDirectory(Scratch.binaries());
  }
}
