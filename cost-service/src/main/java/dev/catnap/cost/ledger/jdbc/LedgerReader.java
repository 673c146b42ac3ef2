package dev.catnap.cost.ledger.jdbc;

import dev.catnap.cost.ledger.AssumptionBits;
import dev.catnap.cost.ledger.ContainerHistory;
import dev.catnap.cost.ledger.LedgerLine;
import dev.catnap.cost.ledger.LedgerLines;
import dev.catnap.cost.ledger.Posting;
import dev.catnap.cost.ledger.Postings;
import dev.catnap.cost.ledger.Postings.Detail;
import dev.catnap.cost.ledger.StepSum;
import dev.catnap.cost.ledger.Stretch;
import dev.catnap.cost.pricing.RateHistory;
import dev.catnap.cost.pricing.Resource;
import dev.catnap.events.RunState;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Reads windows of the ledger, and prices by the same function what is not booked yet: the running
 * hour, what a late fact reaches, and what lies further back than is booked. To be called within
 * one read transaction.
 */
public final class LedgerReader {
  private static final Instant EVER = Instant.parse("9999-12-31T00:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  /** A container can be unbooked at both ends of a window. */
  private static final String NOT_BOOKED =
      """
      SELECT service, container, :from::timestamptz AS since, least(built_from, :to) AS till
      FROM ledger_container
      WHERE built_from > :from AND (cardinality(:services::text[]) = 0
        OR service = ANY (:services::text[]))
      UNION ALL
      SELECT service, container, greatest(least(built_to, :same), built_from, :from::timestamptz), :to
      FROM ledger_container
      WHERE greatest(least(built_to, :same), built_from) < :to AND (cardinality(:services::text[]) = 0
        OR service = ANY (:services::text[]))
      """;

  /** Facts before what is booked there are only where they lie further back than is booked. */
  private static final String BOOKED =
      """
      SELECT coalesce(max(built_from) FILTER (WHERE EXISTS (
          SELECT FROM state_span s WHERE s.service = c.service AND s.container = c.container
            AND s.from_at < c.built_from)), 'epoch'),
        coalesce(min(built_to), 'epoch')
      FROM ledger_container c
      """;

  /** As they are shared out, so that they need hardly be sorted for each hour. */
  private static final Comparator<Posting> IN_ORDER =
      Comparator.comparing(Posting::service)
          .thenComparing(Posting::container)
          .thenComparing(Posting::host)
          .thenComparing(Posting::state);

  private final NamedParameterJdbcTemplate jdbc;
  private final HistoryReader histories;
  private final BookedRates booked;

  public LedgerReader(JdbcTemplate jdbc) {
    this.jdbc = new NamedParameterJdbcTemplate(jdbc);
    this.histories = new HistoryReader(jdbc);
    this.booked = new BookedRates(jdbc);
  }

  /**
   * What is asked for.
   *
   * @param to exclusive; the present at the latest
   * @param services only these; empty: all
   */
  public record Question(Instant from, Instant to, Collection<String> services) {
    private boolean beginsWithinADay() {
      return !from.equals(from.truncatedTo(ChronoUnit.DAYS));
    }
  }

  /** Sums of what is booked and what is not. */
  public List<Posting> postings(Question question, Detail detail, RateHistory rates) {
    Postings sums = new Postings(detail, question.from());
    booked(question, detail, rates).forEach(sums::add);
    live(question, rates, List.of(), sums::add);
    return sums.all();
  }

  /** Sums of what is booked. */
  public List<Posting> booked(Question question, Detail detail, RateHistory rates) {
    return hashed(
        LedgerSql.postings(detail, question.beginsWithinADay()),
        parameters(question, rates),
        LedgerReader::posting);
  }

  /**
   * What is booked of all containers at these rates; both full hours.
   *
   * @param till exclusive; not after {@code since}: nothing is
   */
  public record Booked(Instant since, Instant till) {
    /** For who asks for what is booked, whatever became known since. */
    public static final Booked EVERYTHING = new Booked(Instant.EPOCH, EVER);
  }

  /** Between these all lines are what the facts come to. */
  public Booked booked(RateHistory rates) {
    Instant same = booked.differsSince(rates);
    Booked all =
        Objects.requireNonNull(
            jdbc.getJdbcTemplate()
                .queryForObject(
                    BOOKED,
                    (row, number) ->
                        new Booked(
                            row.getObject(1, OffsetDateTime.class).toInstant(),
                            row.getObject(2, OffsetDateTime.class).toInstant())));
    return same == null || same.isAfter(all.till())
        ? all
        : new Booked(all.since(), same.truncatedTo(ChronoUnit.HOURS));
  }

  /**
   * By day of UTC a number that is another once lines of its hours within a window are booked
   * again; days that were not booked since there are numbers have none.
   */
  public Map<Instant, Long> changes(Instant from, Instant to) {
    Map<Instant, Long> changes = new HashMap<>();
    jdbc.getJdbcTemplate()
        .query(
            """
            SELECT date_trunc('day', hour, 'UTC'), max(change) FROM ledger_change
            WHERE hour >= ? AND hour < ? GROUP BY 1
            """,
            row -> {
              changes.put(row.getObject(1, OffsetDateTime.class).toInstant(), row.getLong(2));
            },
            Timestamp.from(from),
            Timestamp.from(to));
    return changes;
  }

  /** Lines of what is not booked, cut at {@code cuts} as well. */
  public void live(
      Question question, RateHistory rates, Collection<Instant> cuts, Consumer<LedgerLine> into) {
    List<Stretch> older = new ArrayList<>();
    List<Stretch> newer = new ArrayList<>();
    jdbc.query(
        NOT_BOOKED,
        parameters(question, rates),
        row -> {
          Stretch stretch = stretch(row);
          (stretch.to().isBefore(question.to()) ? older : newer).add(stretch);
        });
    LedgerLines pricing = new LedgerLines(question.from(), question.to(), rates, cuts);
    for (ContainerHistory history : histories.readForPricing(older)) {
      pricing.of(history, into);
    }
    for (ContainerHistory history : histories.readForPricing(newer)) {
      pricing.of(history, into);
    }
  }

  /** What is booked, by step from the begin of the window on. */
  public List<StepSum> steps(Question question, Duration step, RateHistory rates) {
    boolean days = !question.beginsWithinADay() && step.toNanos() % DAY.toNanos() == 0;
    return hashed(
        days ? LedgerSql.daySteps() : LedgerSql.lineSteps(),
        parameters(question, rates).addValue("step", step.toNanos() / 1000),
        (row, number) ->
            new StepSum(
                row.getLong("step"),
                Resource.valueOf(row.getString("resource")),
                row.getBigDecimal("rate"),
                row.getBigDecimal("quantity"),
                row.getBigDecimal("awake_quantity")));
  }

  /**
   * CPU and memory, each with the month it is booked in; begin of the hour, or the last of {@code
   * cuts} in it, is {@code at}.
   */
  public void slots(
      Question question, RateHistory rates, NavigableSet<Instant> cuts, Consumer<Posting> into) {
    slots(LedgerSql.slots(false), question, rates, cuts, into);
    live(
        question,
        rates,
        cuts,
        line -> into.accept(Posting.of(line, slot(line.from(), cuts.floor(line.from())))));
  }

  /** The same of what is booked alone, whatever became known since. */
  public void bookedSlots(
      Question question, RateHistory rates, NavigableSet<Instant> cuts, Consumer<Posting> into) {
    slots(LedgerSql.slots(true), question, rates, cuts, into);
  }

  private void slots(
      String sql,
      Question question,
      RateHistory rates,
      NavigableSet<Instant> cuts,
      Consumer<Posting> into) {
    hashed(sql, parameters(question, rates), (row, number) -> slots(row, question.from(), cuts))
        .stream()
        .sorted(Comparator.comparing(List::getFirst, IN_ORDER))
        .forEach(slots -> slots.forEach(into));
  }

  /** Names are shared, since sums of these are kept for many days. */
  private static List<Posting> slots(ResultSet row, Instant from, NavigableSet<Instant> cuts)
      throws SQLException {
    YearMonth booked = YearMonth.from(row.getObject("booked", LocalDate.class));
    Posting all =
        new Posting(
            from,
            row.getString("service").intern(),
            row.getString("container").intern(),
            row.getString("host").intern(),
            RunState.valueOf(row.getString("state")),
            Resource.valueOf(row.getString("resource")),
            row.getBigDecimal("rate"),
            row.getString("currency").intern(),
            booked,
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            List.of());
    Long[] since = (Long[]) row.getArray("since").getArray();
    BigDecimal[] quantities = (BigDecimal[]) row.getArray("quantity").getArray();
    BigDecimal[] awake = (BigDecimal[]) row.getArray("awake_quantity").getArray();
    List<Posting> slots = new ArrayList<>(since.length);
    for (int i = 0; i < since.length; i++) {
      Instant at = from.plus(since[i], ChronoUnit.MICROS);
      slots.add(all.of(slot(at, cuts.floor(at)), booked, quantities[i], awake[i]));
    }
    return slots;
  }

  private static Instant slot(Instant time, @Nullable Instant cut) {
    Instant hour = time.truncatedTo(ChronoUnit.HOURS);
    return cut == null || cut.isBefore(hour) ? hour : cut;
  }

  /**
   * Sums many rows into few. The database expects few rows behind the containers' own times, and
   * would sort all of them first, on disk.
   */
  private <T> List<T> hashed(String sql, MapSqlParameterSource parameters, RowMapper<T> mapper) {
    jdbc.getJdbcTemplate().execute("SET LOCAL enable_sort = off");
    List<T> sums = jdbc.query(sql, parameters, mapper);
    jdbc.getJdbcTemplate().execute("SET LOCAL enable_sort = on");
    return sums;
  }

  /** All that was booked in a month, whatever month it is about. */
  public List<Posting> bookedIn(YearMonth month, Collection<String> services) {
    return jdbc.query(
        """
        SELECT day AS at, d.* FROM ledger_day d
        WHERE booked = :month AND (cardinality(:services::text[]) = 0
          OR service = ANY (:services::text[]))
        """,
        new MapSqlParameterSource("month", month.atDay(1))
            .addValue("services", services.toArray(String[]::new)),
        LedgerReader::posting);
  }

  /** Up to when everything is closed; null: nothing is. */
  public @Nullable Instant closedTo() {
    OffsetDateTime latest =
        jdbc.getJdbcTemplate()
            .queryForObject("SELECT max(closed_to) FROM ledger_closing", OffsetDateTime.class);
    return latest == null ? null : latest.toInstant();
  }

  private MapSqlParameterSource parameters(Question question, RateHistory rates) {
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

  private static Stretch stretch(ResultSet row) throws SQLException {
    return new Stretch(
        row.getString(1),
        row.getString(2),
        row.getObject(3, OffsetDateTime.class).toInstant(),
        row.getObject(4, OffsetDateTime.class).toInstant());
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
