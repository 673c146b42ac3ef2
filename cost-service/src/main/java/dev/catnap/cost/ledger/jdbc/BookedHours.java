package dev.catnap.cost.ledger.jdbc;

import dev.catnap.cost.database.Columns;
import dev.catnap.cost.ledger.Parts;
import dev.catnap.cost.ledger.Span;
import dev.catnap.cost.pricing.RateHistory;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Which hours are booked, and whether what was made of them is still right. To be called within one
 * read transaction.
 */
public final class BookedHours {
  private static final Instant EVER = Instant.parse("9999-12-31T00:00:00Z");

  /** Facts before what is booked there are only where they lie further back than is booked. */
  private static final String EXTENT =
      """
      SELECT coalesce(max(built_from) FILTER (WHERE EXISTS (
          SELECT FROM state_span s WHERE s.service = c.service AND s.container = c.container
            AND s.from_at < c.built_from)), 'epoch'),
        coalesce(min(built_to), 'epoch')
      FROM ledger_container c
      """;

  private final JdbcTemplate jdbc;
  private final BookedRates booked;

  public BookedHours(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
    this.booked = new BookedRates(jdbc);
  }

  /**
   * What is booked of all containers at these rates; both full hours.
   *
   * @param till exclusive; not after {@code since}: nothing is
   */
  public record Extent(Instant since, Instant till) {
    /** For who asks for what is booked, whatever became known since. */
    public static final Extent EVERYTHING = new Extent(Instant.EPOCH, EVER);
  }

  /** Between these all lines are what the facts come to. */
  public Extent extent(RateHistory rates) {
    Instant same = booked.differsSince(rates);
    Extent all =
        Objects.requireNonNull(
            jdbc.queryForObject(
                EXTENT,
                (row, number) ->
                    new Extent(
                        row.getObject(1, OffsetDateTime.class).toInstant(),
                        row.getObject(2, OffsetDateTime.class).toInstant())));
    return same == null || same.isAfter(all.till())
        ? all
        : new Extent(all.since(), same.truncatedTo(ChronoUnit.HOURS));
  }

  /** A window as far as it is booked of all containers, in days, and what lies around that. */
  public Parts parts(Span window, RateHistory rates) {
    Extent booked = extent(rates);
    return Parts.of(window, booked.since(), booked.till());
  }

  /** A number for each of some parts of time that is another once lines of it are booked again. */
  public Map<Span, Long> changes(Collection<Span> parts) {
    Map<Span, Long> changes = new HashMap<>();
    Object[] columns = new Columns<>(parts).time(Span::from).time(Span::to).arguments();
    jdbc.query(
        """
        SELECT since, till,
          (SELECT coalesce(max(change), 0) FROM ledger_change WHERE hour >= since AND hour < till)
        FROM unnest(?::timestamptz[], ?::timestamptz[]) AS p (since, till)
        """,
        row -> {
          changes.put(
              new Span(
                  row.getObject(1, OffsetDateTime.class).toInstant(),
                  row.getObject(2, OffsetDateTime.class).toInstant()),
              row.getLong(3));
        },
        columns);
    return changes;
  }

  /**
   * By day of UTC a number that is another once lines of its hours within a window are booked
   * again; days that were not booked since there are numbers have none.
   */
  public Map<Instant, Long> changes(Instant from, Instant to) {
    Map<Instant, Long> changes = new HashMap<>();
    jdbc.query(
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
}
