package dev.catnap.cost.ledger.jdbc;

import dev.catnap.cost.ledger.Posting;
import dev.catnap.cost.pricing.RateHistory;
import dev.catnap.cost.pricing.Resource;
import dev.catnap.events.RunState;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads what was used hour by hour, as reservations are settled. To be called within one read
 * transaction.
 */
public final class LedgerSlots {
  /** As they are shared out, so that they need hardly be sorted for each hour. */
  private static final Comparator<Posting> IN_ORDER =
      Comparator.comparing(Posting::service)
          .thenComparing(Posting::container)
          .thenComparing(Posting::host)
          .thenComparing(Posting::state);

  private final LedgerQueries queries;
  private final NotBooked notBooked;

  public LedgerSlots(JdbcTemplate jdbc) {
    this.queries = new LedgerQueries(jdbc);
    this.notBooked = new NotBooked(jdbc);
  }

  /**
   * CPU and memory, each with the month it is booked in; begin of the hour, or the last of {@code
   * cuts} in it, is {@code at}.
   */
  public void slots(
      Question question, RateHistory rates, NavigableSet<Instant> cuts, Consumer<Posting> into) {
    slots(LedgerSql.slots(false), question, rates, cuts, into);
    notBooked.lines(
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
    queries
        .hashed(
            sql,
            queries.parameters(question, rates),
            (row, number) -> slots(row, question.from(), cuts))
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
}
