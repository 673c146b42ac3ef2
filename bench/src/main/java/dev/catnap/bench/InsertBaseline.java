package dev.catnap.bench;

import com.zaxxer.hikari.HikariDataSource;
import dev.catnap.events.ResourceSample;
import dev.catnap.metrics.sketch.Slots;
import dev.catnap.metrics.storage.jdbc.Days;
import dev.catnap.metrics.storage.jdbc.Dirty;
import dev.catnap.metrics.storage.jdbc.MetricsDatabase;
import dev.catnap.metrics.usage.jdbc.UsageStore;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.postgresql.PGConnection;

/** The same rows into the same tables, without a log, and without the sums of hours and days. */
final class InsertBaseline implements AutoCloseable {
  private static final int BATCH = 2_000;
  private static final String SCHEMA = "baseline";

  private final PostgresTarget postgres;
  private final HikariDataSource pool = new HikariDataSource();
  private final MetricsDatabase database;
  private final List<ResourceSample> samples = new ArrayList<>();

  InsertBaseline(PostgresTarget postgres, int rows, List<String> services) {
    this.postgres = postgres;
    pool.setJdbcUrl(postgres.url());
    pool.setUsername(postgres.user());
    pool.setPassword(postgres.password());
    pool.setSchema(SCHEMA);
    database = new MetricsDatabase(pool, SCHEMA, Duration.ofMinutes(10));
    database.start();
    if (!database.awaitReady(Duration.ofMinutes(1))) {
      throw new IllegalStateException(database.schemaProblem());
    }
    Random random = new Random(1);
    for (int i = 0; i < rows; i++) {
      samples.add(LogFiller.sample(i, rows, services, random));
    }
    database.inTransaction(
        () -> new Days(database.jdbc()).open(samples.stream().map(this::day).distinct().toList()));
  }

  private LocalDate day(ResourceSample sample) {
    return LocalDate.ofInstant(sample.at(), ZoneOffset.UTC);
  }

  FoldBench.Rate copy() throws Exception {
    StringBuilder text = new StringBuilder();
    samples.forEach(sample -> line(text, sample));
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    try (Connection connection = postgres.connect(SCHEMA)) {
      Clock clock = new Clock(postgres);
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("COPY resource_sample FROM STDIN", new ByteArrayInputStream(bytes));
      return clock.rate(samples.size());
    }
  }

  FoldBench.Rate batches() {
    database.jdbc().execute("TRUNCATE resource_sample, usage_minute, dirty");
    UsageStore store = new UsageStore(database.jdbc(), new Dirty(database.jdbc()));
    Clock clock = new Clock(postgres);
    for (int from = 0; from < samples.size(); from += BATCH) {
      List<ResourceSample> batch = samples.subList(from, Math.min(samples.size(), from + BATCH));
      database.inTransaction(() -> {
        store.keep(batch);
        return null;
      });
    }
    return clock.rate(samples.size());
  }

  private record Clock(
      PostgresTarget postgres, long startNanos, double cpuJava, double cpuPostgres) {
    Clock(PostgresTarget postgres) {
      this(postgres, System.nanoTime(), ours(), CpuTime.seconds(postgres.pid()));
    }

    FoldBench.Rate rate(int rows) {
      return new FoldBench.Rate(
          rows,
          (System.nanoTime() - startNanos) / 1e9,
          ours() - cpuJava,
          CpuTime.seconds(postgres.pid()) - cpuPostgres);
    }

    private static double ours() {
      return ((com.sun.management.OperatingSystemMXBean)
                  ManagementFactory.getOperatingSystemMXBean())
              .getProcessCpuTime()
          / 1e9;
    }
  }

  private static void line(StringBuilder text, ResourceSample s) {
    List<Object> values =
        List.of(
            s.service(),
            s.container(),
            s.at(),
            s.host(),
            s.windowMillis(),
            s.cpuCores(),
            Math.round(s.cpuCores() * s.windowMillis() * 1_000),
            s.cpuLimitCores(),
            s.memoryBytes(),
            s.memoryLimitBytes(),
            s.pids(),
            s.networkRxBytes(),
            s.networkTxBytes(),
            s.blockReadBytes(),
            s.blockWriteBytes(),
            Slots.of(Math.round(s.cpuCores() * 1e6)),
            Slots.of(s.memoryBytes()));
    for (int i = 0; i < values.size(); i++) {
      text.append(i == 0 ? "" : "\t").append(values.get(i));
    }
    text.append('\n');
  }

  @Override
  public void close() {
    database.jdbc().execute("DROP SCHEMA " + SCHEMA + " CASCADE");
    database.stop();
    pool.close();
  }
}
