package dev.catnap.cost.ledger.jdbc;

import dev.catnap.cost.pricing.RateHistory;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** How {@link LedgerSql} is asked. */
final class LedgerQueries {
  private static final Instant EVER = Instant.parse("9999-12-31T00:00:00Z");

  private final JdbcTemplate jdbc;
  private final NamedParameterJdbcTemplate named;
  private final BookedRates booked;

  LedgerQueries(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
    this.named = new NamedParameterJdbcTemplate(jdbc);
    this.booked = new BookedRates(jdbc);
  }

  NamedParameterJdbcTemplate named() {
    return named;
  }

  /** What {@link LedgerSql} names. */
  MapSqlParameterSource parameters(Question question, RateHistory rates) {
    Instant same = booked.differsSince(rates);
    Instant day = question.from().truncatedTo(ChronoUnit.DAYS);
    Instant first = day.equals(question.from()) ? day : day.plus(1, ChronoUnit.DAYS);
    return new MapSqlParameterSource()
        .addValue("from", Timestamp.from(question.from()))
        .addValue("to", Timestamp.from(question.to()))
        .addValue("first", Timestamp.from(first))
        .addValue(
            "monday",
            Timestamp.from(
                first
                    .atZone(ZoneOffset.UTC)
                    .with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY))
                    .toInstant()))
        .addValue("same", Timestamp.from(same == null ? EVER : same.truncatedTo(ChronoUnit.HOURS)))
        .addValue("services", question.services().toArray(String[]::new));
  }

  /**
   * Sums many rows into few. The database expects few rows behind the containers' own times, and
   * would sort all of them first, on disk.
   */
  <T> List<T> hashed(String sql, MapSqlParameterSource parameters, RowMapper<T> mapper) {
    jdbc.execute("SET LOCAL enable_sort = off");
    List<T> sums = named.query(sql, parameters, mapper);
    jdbc.execute("SET LOCAL enable_sort = on");
    return sums;
  }
}
