package dev.catnap.cost.ledger.jdbc;

import dev.catnap.cost.database.Columns;
import dev.catnap.cost.ledger.AssumptionBits;
import dev.catnap.cost.ledger.Booking;
import dev.catnap.cost.ledger.LedgerLine;
import dev.catnap.cost.ledger.Stretch;
import dev.catnap.cost.pricing.Resource;
import dev.catnap.events.RunState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.springframework.jdbc.core.JdbcTemplate;

/** Lines of the ledger and their sums by day and week. To be called within a transaction. */
final class LineStore {
  static final String COLUMNS =
      """
      service, container, from_at, to_at, host, state, resource, quantity, awake_quantity,
      reserved_quantity, used_quantity, micros, rate, currency, amount, awake_amount, assumptions,
      booked, reversal, reason
      """;

  private static final String STRETCHES =
      """
      unnest(?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[])
        AS t (service, container, since, till)
      """;

  private static final String WITHIN =
      """
      WHERE l.service = t.service AND l.container = t.container
        AND l.from_at >= t.since AND l.from_at < t.till
      """;

  private static final String DELETE =
      "DELETE FROM ledger_line l USING " + STRETCHES + WITHIN + " AND l.booked >= ?::date";

  private static final String READ =
      "SELECT l.* FROM " + STRETCHES + ", ledger_line l " + WITHIN + " ORDER BY l.from_at";

  private static final String DAYS =
      "SELECT DISTINCT service, container, date_trunc('day', at, 'UTC') AS day FROM "
          + STRETCHES
          + ", generate_series(date_trunc('day', since, 'UTC'), till - interval '1 microsecond',"
          + " interval '24 hours') AS at";

  private static final String DELETE_DAYS =
      "DELETE FROM ledger_day d USING ("
          + DAYS
          + ") t WHERE d.day = t.day"
          + " AND d.service = t.service AND d.container = t.container";

  private static final String SUM_DAYS =
      """
      INSERT INTO ledger_day (day, service, container, host, state, resource, rate, currency,
        booked, quantity, awake_quantity, reserved_quantity, used_quantity, micros, assumptions)
      SELECT t.day, l.service, l.container, l.host, l.state, l.resource, l.rate, l.currency,
        l.booked, sum(l.quantity), sum(l.awake_quantity), sum(l.reserved_quantity),
        sum(l.used_quantity), sum(l.micros)::bigint, bit_or(l.assumptions)
      FROM (DAYS) t
      JOIN ledger_line l ON l.service = t.service AND l.container = t.container
        AND l.from_at >= t.day AND l.from_at < t.day + interval '24 hours'
      GROUP BY t.day, l.service, l.container, l.host, l.state, l.resource, l.rate, l.currency,
        l.booked
      """
          .replace("DAYS", DAYS);

  private static final String WEEKS =
      "SELECT DISTINCT service, container, date_trunc('week', day, 'UTC') AS week FROM ("
          + DAYS
          + ") w";

  private static final String DELETE_WEEKS =
      "DELETE FROM ledger_week d USING ("
          + WEEKS
          + ") t WHERE d.week = t.week"
          + " AND d.service = t.service AND d.container = t.container";

  private static final String SUM_WEEKS =
      """
      INSERT INTO ledger_week (week, service, container, host, state, resource, rate, currency,
        quantity, awake_quantity, reserved_quantity, used_quantity, micros, assumptions)
      SELECT t.week, d.service, d.container, d.host, d.state, d.resource, d.rate, d.currency,
        sum(d.quantity), sum(d.awake_quantity), sum(d.reserved_quantity), sum(d.used_quantity),
        sum(d.micros)::bigint, bit_or(d.assumptions)
      FROM (WEEKS) t
      CROSS JOIN generate_series(0, 144, 24) AS g (hours)
      JOIN ledger_day d ON d.day = t.week + g.hours * interval '1 hour'
        AND d.service = t.service AND d.container = t.container
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
      """
          .replace("WEEKS", WEEKS);

  private static final String NOTE_CHANGE =
      """
      INSERT INTO ledger_change (hour, change)
      SELECT DISTINCT hour, ?::bigint FROM STRETCHES,
        generate_series(since, till - interval '1 microsecond', interval '1 hour') AS hour
      ON CONFLICT (hour) DO UPDATE SET change = excluded.change
      """
          .replace("STRETCHES", STRETCHES);

  private final JdbcTemplate jdbc;
  private final LineCopy copy;

  LineStore(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
    this.copy = new LineCopy(jdbc);
  }

  /** Makes the tables of the months that these stretches lie in. */
  void openMonths(Collection<Stretch> stretches) {
    TreeSet<YearMonth> months = new TreeSet<>();
    for (Stretch stretch : stretches) {
      YearMonth last = Booking.monthOf(stretch.to());
      for (YearMonth month = Booking.monthOf(stretch.from());
          !month.isAfter(last);
          month = month.plusMonths(1)) {
        months.add(month);
      }
    }
    months.forEach(this::open);
  }

  private void open(YearMonth month) {
    String table = "ledger_line_" + month.toString().replace("-", "_");
    boolean missing =
        Boolean.TRUE.equals(
            jdbc.queryForObject("SELECT to_regclass(?) IS NULL", Boolean.class, table));
    if (missing) {
      // Attached, since that waits for no reader.
      jdbc.execute("CREATE TABLE IF NOT EXISTS " + table + " (LIKE ledger_line INCLUDING ALL)");
      jdbc.execute(
          "ALTER TABLE ledger_line ATTACH PARTITION %s FOR VALUES FROM ('%s') TO ('%s')"
              .formatted(table, Booking.start(month), Booking.start(month.plusMonths(1))));
    }
  }

  /**
   * Deletes what is not closed.
   *
   * @param open first month that is
   */
  void delete(Collection<Stretch> stretches, LocalDate open) {
    Object[] keys = keys(stretches);
    jdbc.update(DELETE, keys[0], keys[1], keys[2], keys[3], open.toString());
  }

  List<LedgerLine> read(Collection<Stretch> stretches) {
    return jdbc.query(READ, LineStore::line, keys(stretches));
  }

  void insert(Collection<LedgerLine> lines) {
    copy.insert(lines);
  }

  /** Anew, of each day and week that these stretches lie in. */
  void sum(Collection<Stretch> stretches) {
    for (String sql : List.of(DELETE_DAYS, SUM_DAYS, DELETE_WEEKS, SUM_WEEKS)) {
      jdbc.update(sql, keys(stretches));
    }
  }

  /** Notes that lines of these full hours may be others now. By one instance at a time. */
  void noteChange(Collection<Stretch> stretches) {
    Long number = jdbc.queryForObject("SELECT nextval('ledger_change_number')", Long.class);
    Object[] keys = keys(stretches);
    jdbc.update(NOTE_CHANGE, number, keys[0], keys[1], keys[2], keys[3]);
  }

  private static Object[] keys(Collection<Stretch> stretches) {
    return new Columns<>(stretches)
        .with(Stretch::service)
        .with(Stretch::container)
        .time(Stretch::from)
        .time(Stretch::to)
        .arguments();
  }

  /** A row with all columns. */
  static LedgerLine line(ResultSet row, int number) throws SQLException {
    String reason = row.getString("reason");
    return new LedgerLine(
        row.getString("service"),
        row.getString("container"),
        row.getString("host"),
        RunState.valueOf(row.getString("state")),
        Resource.valueOf(row.getString("resource")),
        time(row, "from_at"),
        time(row, "to_at"),
        row.getBigDecimal("quantity"),
        row.getBigDecimal("awake_quantity"),
        row.getBigDecimal("reserved_quantity"),
        row.getBigDecimal("used_quantity"),
        row.getLong("micros"),
        row.getBigDecimal("rate"),
        row.getString("currency"),
        List.copyOf(AssumptionBits.read(row.getInt("assumptions"))),
        new Booking(
            YearMonth.from(row.getObject("booked", LocalDate.class)),
            row.getBoolean("reversal"),
            reason == null ? null : Booking.Reason.valueOf(reason)));
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
