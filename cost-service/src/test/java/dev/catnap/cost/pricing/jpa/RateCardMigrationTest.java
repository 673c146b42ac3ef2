package dev.catnap.cost.pricing.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.testkit.PostgresServer;
import dev.catnap.testkit.WithPostgres;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** From a database in which cards were edited in place. */
@WithPostgres
class RateCardMigrationTest {
  @Test
  void cards_of_earlier_versions_count_as_known_since_ever(PostgresServer postgres) {
    PostgresServer.Database fresh = postgres.freshDatabase();
    DriverManagerDataSource source =
        new DriverManagerDataSource(fresh.jdbcUrl(), fresh.user(), fresh.password());
    migrate(source, "2");
    JdbcTemplate jdbc = new JdbcTemplate(source);
    jdbc.update("UPDATE cost.rate_card SET cpu_hour = 0.06");
    jdbc.update(
        """
        INSERT INTO cost.rate_card (valid_from, cpu_hour, memory_gib_hour, storage_gib_month,
          month_hours, currency)
        VALUES ('2026-01-01T00:00:00Z', 0.07, 0.01, 0.1, 730, 'USD')
        """);
    migrate(source, "latest");
    List<String> cards =
        jdbc.query(
            """
            SELECT card, extract(epoch FROM recorded_at)::bigint, recorded_by,
              trim_scale(cpu_hour), purchase, removed
            FROM cost.rate_card_version ORDER BY version
            """,
            (row, number) ->
                "%d %d %s %s %s %s"
                    .formatted(
                        row.getLong(1),
                        row.getLong(2),
                        row.getString(3),
                        row.getBigDecimal(4).toPlainString(),
                        row.getString(5),
                        row.getBoolean(6)));
    assertThat(cards)
        .containsExactly("1 0 start 0.06 on-demand false", "2 0 start 0.07 on-demand false");
  }

  private static void migrate(DriverManagerDataSource source, String target) {
    Flyway.configure()
        .dataSource(source)
        .schemas("cost")
        .locations("classpath:db/cost")
        .target(target)
        .load()
        .migrate();
  }
}
