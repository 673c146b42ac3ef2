package dev.catnap.cost.ledger.jdbc;

import dev.catnap.cost.ledger.AssumptionBits;
import dev.catnap.cost.ledger.Posting;
import dev.catnap.cost.ledger.Postings.Detail;
import dev.catnap.cost.ledger.StepSum;
import dev.catnap.cost.pricing.RateHistory;
import dev.catnap.cost.pricing.Resource;
import dev.catnap.events.RunState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;

/** Reads sums of what is booked. To be called within one read transaction. */
final class LedgerSums {
  private static final Duration DAY = Duration.ofDays(1);

  private static final String CORRECTION =
      "booked <> date_trunc('month', day AT TIME ZONE 'UTC')::date";

  private final LedgerQueries queries;

  LedgerSums(JdbcTemplate jdbc) {
    this.queries = new LedgerQueries(jdbc);
  }

  /** Sums of what is booked. */
  List<Posting> booked(Question question, Detail detail, RateHistory rates) {
    return queries.hashed(
        LedgerSql.postings(detail, question.beginsWithinADay()),
        queries.parameters(question, rates),
        LedgerSums::posting);
  }

  /** What is booked, by step from the begin of the window on. */
  List<StepSum> steps(Question question, Duration step, RateHistory rates) {
    boolean days = !question.beginsWithinADay() && step.toNanos() % DAY.toNanos() == 0;
    return queries.hashed(
        days ? LedgerSql.daySteps() : LedgerSql.lineSteps(),
        queries.parameters(question, rates).addValue("step", step.toNanos() / 1000),
        (row, number) ->
            new StepSum(
                row.getLong("step"),
                Resource.valueOf(row.getString("resource")),
                row.getBigDecimal("rate"),
                row.getBigDecimal("quantity"),
                row.getBigDecimal("awake_quantity")));
  }

  /** All that was booked in a month, whatever month it is about. */
  List<Posting> bookedIn(YearMonth month, Collection<String> services) {
    return days("", month, services);
  }

  /** Of that what corrects earlier months. */
  List<Posting> correctionsIn(YearMonth month, Collection<String> services) {
    return days(" AND " + CORRECTION, month, services);
  }

  /** Days of which it does, in order. */
  List<Instant> correctedIn(YearMonth month) {
    return queries
        .named()
        .query(
            "SELECT DISTINCT day FROM ledger_day WHERE booked = :month AND "
                + CORRECTION
                + " ORDER BY day",
            new MapSqlParameterSource("month", month.atDay(1)),
            (row, number) -> row.getObject("day", OffsetDateTime.class).toInstant());
  }

  /**
   * What is booked of a day.
   *
   * @param month only what is booked in it; null: all that has not been taken back altogether
   */
  List<Posting> day(Instant day, @Nullable YearMonth month) {
    return queries
        .named()
        .query(
            "SELECT day AS at, d.* FROM ledger_day d WHERE day = :day AND "
                + (month == null ? LedgerSql.IS_SOMETHING : "booked = :month"),
            new MapSqlParameterSource("day", Timestamp.from(day))
                .addValue("month", month == null ? null : month.atDay(1)),
            LedgerSums::posting);
  }

  private List<Posting> days(String condition, YearMonth month, Collection<String> services) {
    return queries
        .named()
        .query(
            """
            SELECT day AS at, d.* FROM ledger_day d
            WHERE booked = :month AND (cardinality(:services::text[]) = 0
              OR service = ANY (:services::text[]))
            """
                + condition,
            new MapSqlParameterSource("month", month.atDay(1))
                .addValue("services", services.toArray(String[]::new)),
            LedgerSums::posting);
  }

  /** Up to when everything is closed; null: nothing is. */
  @Nullable Instant closedTo() {
    OffsetDateTime latest =
        queries
            .named()
            .getJdbcTemplate()
            .queryForObject("SELECT max(closed_to) FROM ledger_closing", OffsetDateTime.class);
    return latest == null ? null : latest.toInstant();
  }

  private static Posting posting(ResultSet row, int number) throws SQLException {
    LocalDate booked = row.getObject("booked", LocalDate.class);
    return new Posting(
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getString("service"),
        row.getString("container"),
        row.getString("host"),
        RunState.valueOf(row.getString("state")),
        Resource.valueOf(row.getString("resource")),
        row.getBigDecimal("rate"),
        row.getString("currency"),
        booked == null ? null : YearMonth.from(booked),
        row.getBigDecimal("quantity"),
        row.getBigDecimal("awake_quantity"),
        row.getBigDecimal("reserved_quantity"),
        row.getBigDecimal("used_quantity"),
        row.getBigDecimal("micros"),
        List.copyOf(AssumptionBits.read(row.getInt("assumptions"))));
  }
}
