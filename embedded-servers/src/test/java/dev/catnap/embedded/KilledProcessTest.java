package dev.catnap.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catnap.embedded.kafka.EmbeddedKafka;
import dev.catnap.embedded.kafka.Records;
import dev.catnap.embedded.postgres.EmbeddedPostgres;
import dev.catnap.embedded.postgres.Rows;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of the process that holds both servers, and one that stands still for a while. */
class KilledProcessTest {

  @TempDir Path directory;

  @Test
  @Timeout(120)
  void data_survive_no_server_is_left_and_both_come_back() throws Exception {
    long postgresPid = killOnceWritten(startChild(Scratch.open(directory)));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> ProcessHandle.of(postgresPid).filter(ProcessHandle::isAlive).isEmpty());
    comesBackWithData();
  }

  @Test
  @Timeout(120)
  void start_at_once_waits_for_the_former_server_to_end() throws Exception {
    killOnceWritten(startChild(Scratch.open(directory)));
    comesBackWithData();
  }

  @Test
  @Timeout(120)
  void process_that_stands_still_leads_its_partitions_as_before() throws Exception {
    Process child = startChild(Scratch.open(directory));
    try {
      written(child);
      String bootstrap =
          "127.0.0.1:" + Files.readString(directory.resolve("kafka/broker.port")).strip();
      int before = Records.leaderEpoch(bootstrap, "notes");

      String stall = "kill -STOP %1$d; sleep 4; kill -CONT %1$d".formatted(child.pid());
      assertThat(new ProcessBuilder("sh", "-c", stall).start().waitFor()).isZero();

      await()
          .atMost(Duration.ofSeconds(30))
          .during(Duration.ofSeconds(1))
          .until(() -> Records.leaderEpoch(bootstrap, "notes") == before);
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  private void comesBackWithData() throws Exception {
    long begin = System.nanoTime();
    try (EmbeddedKafka kafka = EmbeddedKafka.start(ChildServers.kafkaIn(directory));
        EmbeddedPostgres postgres = EmbeddedPostgres.start(ChildServers.postgresIn(directory))) {
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
      assertThat(Records.readAll(kafka.bootstrapServers(), "notes"))
          .containsExactly("from the child");
      assertThat(Rows.readAll(postgres)).containsExactly("from the child");
    }
  }

  private static Process startChild(Path directory) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            ChildServers.class.getName(),
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Answers with the process id of the child's PostgreSQL. */
  private static long killOnceWritten(Process child) throws Exception {
    try {
      return written(child);
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  private static long written(Process child) throws IOException {
    try (BufferedReader output = child.inputReader()) {
      Optional<String> written = output.lines().filter(l -> l.startsWith("written ")).findFirst();
      assertThat(written).as("the child's word that it has written").isPresent();
      return Long.parseLong(written.get().substring("written ".length()));
    }
  }
}
