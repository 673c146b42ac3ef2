package dev.catnap.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.metrics.sketch.Slots;
import dev.catnap.testkit.KafkaServer;
import dev.catnap.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/**
 * From each earlier version of the schema: what is there stays, and what is new follows from it.
 */
class MigrationTest {
  private final PostgresServer.Database database = PostgresServer.shared().freshDatabase();

  private static final List<String> OF_VERSION_1 =
      List.of(
          "INSERT INTO resource_sample SELECT 'migrated', 'web-1', t, 'host-1', 10000, 0.25, 2500000, NULL,"
              + " 1000000, NULL, 3, 1, 2, 3, 4"
              + " FROM generate_series(timestamptz '2026-03-01T23:59:00Z', '2026-03-02T00:00:50Z',"
              + " '10 s') t",
          "INSERT INTO usage_minute SELECT 'migrated', 'web-1', '2026-02-01T12:00:00Z', 6, 60000, 1, 1, 1,"
              + " 1, 1, 1, 1, 1, 1, '2026-02-01T12:00:50Z', true",
          "INSERT INTO activity VALUES ('migrated', '#a', 'request', '2026-03-01T23:59:10Z', 2),"
              + " ('migrated', '@0:1:7', 'request', '2026-03-02T00:00:10Z', 3)",
          "INSERT INTO activity_minute VALUES ('migrated', 'request', '2026-03-01T23:59:00Z', 2, false),"
              + " ('migrated', 'request', '2026-03-02T00:00:00Z', 3, false),"
              + " ('migrated', 'request', '2026-02-01T12:00:00Z', 5, true)",
          "INSERT INTO wake VALUES ('migrated', 'web-1', 'c', 'SLEEPING', true, NULL,"
              + " '2026-03-01T23:59:10Z', 40000, NULL, NULL, NULL, NULL)",
          "INSERT INTO state_interval VALUES"
              + " ('migrated', 'web-1', 'a', 'RUNNING', 'UNKNOWN', '2026-03-01T05:00:00Z',"
              + " '2026-03-01T05:10:00Z'),"
              + " ('migrated', 'web-1', 'b', 'SLEEPING', 'RUNNING', '2026-03-01T05:10:00Z',"
              + " '2026-03-01T05:30:00Z'),"
              + " ('migrated', 'web-1', 'c', 'RUNNING', 'SLEEPING', '2026-03-01T05:30:00Z',"
              + " '2026-03-01T06:00:00Z'),"
              + " ('migrated', 'web-1', 'd', 'SLEEPING', 'RUNNING', '2026-03-01T06:00:00Z', NULL)",
          "INSERT INTO fold_offset VALUES ('catnap.activity', 0, 12, '2026-03-02T00:00:10Z')");

  @Test
  void fromVersion1_rowsStayAndTheirSumsAreComputedAtTheFirstStart() throws SQLException {
    migrate("1");
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET search_path TO metrics");
      for (String sql : OF_VERSION_1) {
        statement.execute(sql);
      }
    }

    try (Service service =
        new Service(KafkaServer.shared().bootstrapServers(), database, "migration").start()) {
      service.await("SELECT count(*) FROM usage_minute WHERE service = 'migrated'", "3");
      service.await("SELECT count(*) FROM dirty", "0");
      assertThat(
              service.rows(
                  "SELECT tableoid::regclass || ' ' || count(*) FROM resource_sample"
                      + " WHERE service = 'migrated' GROUP BY tableoid ORDER BY 1"))
          .containsExactly("resource_sample_20260301 6", "resource_sample_20260302 6");
      assertThat(service.rows("SELECT count FROM activity WHERE service = 'migrated' ORDER BY at"))
          .containsExactly("2", "3");
      assertThat(
              service.rows(
                  "SELECT samples || ' ' || cpu_sketch::text FROM usage_minute"
                      + " WHERE service = 'migrated' ORDER BY bucket"))
          .containsExactly("6 {}", "6 " + sixOf(250_000), "6 " + sixOf(250_000));
      assertThat(
              service.value(
                  "SELECT cpu_sketch FROM usage_day WHERE service = 'migrated' ORDER BY bucket DESC LIMIT 1"))
          .isEqualTo("{" + (Slots.of(250_000) << 20 | 6) + "}");
      assertThat(
              service.rows(
                  "SELECT count FROM activity_day WHERE service = 'migrated' ORDER BY bucket"))
          .containsExactly("5", "2", "3");
      assertThat(service.value("SELECT latency_sketch FROM wake_hour WHERE service = 'migrated'"))
          .isEqualTo("{" + (Slots.of(40_000) << 20 | 1) + "}");
      assertThat(
              service.rows(
                  "SELECT concat_ws(' ', bucket AT TIME ZONE 'UTC', running, sleeping, sleeps)"
                      + " FROM state_quarter_day WHERE service = 'migrated'"))
          .containsExactly("2026-03-01 00:00:00 00:10:00 00:20:00 1");
      assertThat(service.rows("SELECT day FROM sealed_day")).containsExactly("2026-02-01");
      assertThat(
              service.value(
                  "SELECT next_offset FROM fold_offset"
                      + " WHERE topic = 'catnap.activity' AND partition = 0 AND next_offset >= 12"))
          .isNotEmpty();
    }
  }

  @Test
  void databaseAndJava_findTheSameSlots() throws SQLException {
    migrate("2");
    try (Connection connection = database.connect();
        PreparedStatement slot = connection.prepareStatement("SELECT metrics.sketch_slot(?)")) {
      for (long value = 1; value <= Slots.MOST; value = value * 3 + 1) {
        for (long one :
            new long[] {value, Long.highestOneBit(value), Long.highestOneBit(value) - 1}) {
          slot.setLong(1, one);
          try (ResultSet answer = slot.executeQuery()) {
            answer.next();
            assertThat(answer.getInt(1)).isEqualTo(Slots.of(one));
          }
        }
      }
    }
  }

  private void migrate(String target) {
    Flyway.configure()
        .dataSource(database.jdbcUrl(), database.user(), database.password())
        .schemas("metrics")
        .locations("classpath:db/metrics")
        .target(target)
        .load()
        .migrate();
  }

  private static String sixOf(long value) {
    String one = Integer.toString(Slots.of(value) << 20 | 1);
    return "{" + String.join(",", List.of(one, one, one, one, one, one)) + "}";
  }
}
