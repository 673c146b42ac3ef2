package dev.catnap.bench;

import dev.catnap.embedded.kafka.EmbeddedKafka;
import dev.catnap.embedded.kafka.EmbeddedKafkaSettings;
import dev.catnap.embedded.postgres.EmbeddedPostgres;
import dev.catnap.embedded.postgres.EmbeddedPostgresSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Resource samples from Kafka into PostgreSQL, with their sums by minute, hour and day, against
 * COPY and our batches alone into the same tables of the same database in the same run.
 *
 * <p>Aim: 0.6 of COPY.
 */
public final class FoldBench {
  private static final Duration WITHIN = Duration.ofMinutes(10);

  private FoldBench() {}

  /**
   * @param args rows, 400000 where not given; services, 50 where not given
   */
  public static void main(String[] args) throws Exception {
    int rows = args.length > 0 ? Integer.parseInt(args[0]) : 400_000;
    List<String> services = LogFiller.services(args.length > 1 ? Integer.parseInt(args[1]) : 50);
    Path data = Files.createTempDirectory("catnap-fold");
    try (EmbeddedKafka kafka =
            EmbeddedKafka.start(EmbeddedKafkaSettings.in(data.resolve("kafka")));
        EmbeddedPostgres embedded =
            EmbeddedPostgres.start(EmbeddedPostgresSettings.in(data.resolve("postgres")))) {
      PostgresTarget postgres = PostgresTarget.of(embedded);
      try (LogFiller filler = new LogFiller(kafka.bootstrapServers())) {
        filler.samples(rows, services);
      }
      Rate copy;
      Rate batches;
      try (InsertBaseline baseline = new InsertBaseline(postgres, rows, services)) {
        copy = baseline.copy();
        batches = baseline.batches();
      }
      Rate ours = fold(kafka.bootstrapServers(), postgres, rows, data.resolve("service.log"));
      System.out.println(copy.row("COPY alone"));
      System.out.println(batches.row("our batches alone"));
      System.out.println(ours.row("Kafka to PostgreSQL, with sums"));
      System.out.printf(
          Locale.ROOT,
          "ratio to COPY %.2f (aim 0.60), to our batches %.2f%n",
          ours.perSecond() / copy.perSecond(),
          ours.perSecond() / batches.perSecond());
      storage(postgres, rows);
    }
  }

  /**
   * @param cpuJava seconds of the JVM; of the database {@code cpuPostgres}
   */
  record Rate(double rows, double seconds, double cpuJava, double cpuPostgres) {
    double perSecond() {
      return rows / seconds;
    }

    String row(String what) {
      return String.format(
          Locale.ROOT,
          "%-32s %8.0f rows/s  (%.0f rows in %.1f s; processor: JVM %.1f s, PostgreSQL %.1f s)",
          what,
          perSecond(),
          rows,
          seconds,
          cpuJava,
          cpuPostgres);
    }
  }

  /** From the first batch in the tables to the last, and its sums. */
  private static Rate fold(String brokers, PostgresTarget postgres, int rows, Path log)
      throws Exception {
    try (AggregatorProcess service = AggregatorProcess.start(brokers, postgres, log);
        Connection connection = postgres.connect("metrics")) {
      long end = System.nanoTime() + WITHIN.toNanos();
      long first = await(connection, service, 1, end);
      long startNanos = System.nanoTime();
      double java = CpuTime.seconds(service.pid());
      double database = CpuTime.seconds(postgres.pid());
      await(connection, service, rows, end);
      while (PostgresTarget.number(connection, "SELECT count(*) FROM dirty") > 0) {
        Thread.sleep(10);
      }
      return new Rate(
          rows - first,
          (System.nanoTime() - startNanos) / 1e9,
          CpuTime.seconds(service.pid()) - java,
          CpuTime.seconds(postgres.pid()) - database);
    }
  }

  private static long await(
      Connection connection, AggregatorProcess service, long rows, long endNanos)
      throws InterruptedException {
    while (System.nanoTime() < endNanos && service.isAlive()) {
      long folded = folded(connection);
      if (folded >= rows) {
        return folded;
      }
      Thread.sleep(10);
    }
    throw new IllegalStateException("not folded within " + WITHIN);
  }

  /** None while there are no tables yet. */
  private static long folded(Connection connection) {
    try {
      return PostgresTarget.number(
          connection, "SELECT coalesce(sum(next_offset), 0) FROM fold_offset");
    } catch (java.sql.SQLException e) {
      return 0;
    }
  }

  private static void storage(PostgresTarget postgres, int rows) throws Exception {
    try (Connection connection = postgres.connect("metrics")) {
      for (String table : List.of("resource_sample", "usage_minute", "usage_hour", "usage_day")) {
        long bytes =
            PostgresTarget.number(
                connection,
                "SELECT pg_total_relation_size('"
                    + table
                    + "') + coalesce(sum(pg_total_relation_size(inhrelid)), 0)"
                    + " FROM pg_inherits WHERE inhparent = '"
                    + table
                    + "'::regclass");
        long kept = PostgresTarget.number(connection, "SELECT count(*) FROM " + table);
        System.out.printf(
            Locale.ROOT,
            "%-16s %9d rows, %.1f MB: %.0f bytes a row, %.1f MB a million samples%n",
            table,
            kept,
            bytes / 1e6,
            bytes / (double) Math.max(1, kept),
            bytes / (double) rows);
      }
    }
  }
}
