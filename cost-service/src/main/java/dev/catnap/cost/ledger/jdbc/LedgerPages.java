package dev.catnap.cost.ledger.jdbc;

import dev.catnap.cost.database.CostDatabase;
import dev.catnap.cost.ledger.LedgerLine;
import dev.catnap.cost.pricing.Resource;
import dev.catnap.events.InvalidFieldException;
import dev.catnap.events.RunState;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Lines of the ledger as they stand, part by part. */
public final class LedgerPages {
  private static final String SEPARATOR = "\0";

  private static final String LINES =
      """
      SELECT l.* FROM ledger_line l
      JOIN ledger_container c ON c.service = l.service AND c.container = l.container
      WHERE l.from_at < :to AND l.to_at > :from AND l.from_at >= date_trunc('hour', :from, 'UTC')
        AND (l.from_at < c.built_to
          OR l.from_at < (SELECT max(closed_to) FROM ledger_closing))
      """;

  private static final String AFTER =
      """
       AND (l.service, l.container, l.from_at, l.resource, l.booked, l.reversal)
        > (:afterService, :afterContainer, :afterFrom, :afterResource, :afterBooked, :afterReversal)
      """;

  private static final String ORDER =
      " ORDER BY l.service, l.container, l.from_at, l.resource, l.booked, l.reversal LIMIT :limit";

  private final CostDatabase database;
  private final NamedParameterJdbcTemplate jdbc;

  public LedgerPages(CostDatabase database) {
    this.database = database;
    this.jdbc = new NamedParameterJdbcTemplate(database.jdbc());
  }

  /**
   * Which lines; null or empty: any.
   *
   * @param booked the month they are booked in
   * @param corrections whether they correct a closed month
   */
  public record Filter(
      Instant from,
      Instant to,
      Collection<String> services,
      @Nullable String container,
      @Nullable String host,
      @Nullable RunState state,
      @Nullable Resource resource,
      @Nullable YearMonth booked,
      @Nullable Boolean corrections) {}

  /**
   * What was found.
   *
   * @param lines at most as many as asked for
   * @param bookedTo everything asked for is booked up to here; null: nothing is
   * @param closedTo everything before is closed; null: nothing is
   */
  public record Found(
      List<LedgerLine> lines, @Nullable Instant bookedTo, @Nullable Instant closedTo) {}

  /**
   * @param after key of the last line already had; null: from the first on
   * @param limit how many at most
   */
  public Found find(Filter filter, @Nullable String after, int limit) {
    MapSqlParameterSource parameters = parameters(filter).addValue("limit", limit);
    String sql = LINES + conditions(filter) + (after == null ? "" : AFTER) + ORDER;
    if (after != null) {
      addAfter(after, parameters);
    }
    return database.read(() ->
        new Found(
            jdbc.query(sql, parameters, LineStore::line),
            time(
                "SELECT min(built_to) FROM ledger_container"
                    + " WHERE cardinality(:services::text[]) = 0"
                    + " OR service = ANY (:services::text[])",
                parameters),
            time("SELECT max(closed_to) FROM ledger_closing", parameters)));
  }

  private @Nullable Instant time(String sql, MapSqlParameterSource parameters) {
    OffsetDateTime time = jdbc.queryForObject(sql, parameters, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  /** Different for each line, in their order. */
  public static String key(LedgerLine line) {
    return String.join(
        SEPARATOR,
        line.service(),
        line.container(),
        line.from().toString(),
        line.resource().name(),
        line.booking().month().toString(),
        Boolean.toString(line.booking().reversal()));
  }

  private static void addAfter(String key, MapSqlParameterSource parameters) {
    String[] parts = key.split(SEPARATOR, -1);
    try {
      if (parts.length == 6) {
        parameters
            .addValue("afterService", parts[0])
            .addValue("afterContainer", parts[1])
            .addValue("afterFrom", Timestamp.from(Instant.parse(parts[2])))
            .addValue("afterResource", parts[3])
            .addValue("afterBooked", YearMonth.parse(parts[4]).atDay(1))
            .addValue("afterReversal", Boolean.parseBoolean(parts[5]));
        return;
      }
    } catch (DateTimeException e) {
      // Refused below, as any text that we did not make.
    }
    throw new InvalidFieldException("cursor", "must be the nextCursor of an earlier page", key);
  }

  private static MapSqlParameterSource parameters(Filter filter) {
    LocalDate booked = filter.booked() == null ? null : filter.booked().atDay(1);
    return new MapSqlParameterSource()
        .addValue("from", Timestamp.from(filter.from()))
        .addValue("to", Timestamp.from(filter.to()))
        .addValue("services", filter.services().toArray(String[]::new))
        .addValue("container", filter.container())
        .addValue("host", filter.host())
        .addValue("state", filter.state() == null ? null : filter.state().name())
        .addValue("resource", filter.resource() == null ? null : filter.resource().name())
        .addValue("booked", booked);
  }

  private static String conditions(Filter filter) {
    StringBuilder sql = new StringBuilder();
    when(sql, !filter.services().isEmpty(), "l.service = ANY (:services::text[])");
    when(sql, filter.container() != null, "l.container = :container");
    when(sql, filter.host() != null, "l.host = :host");
    when(sql, filter.state() != null, "l.state = :state");
    when(sql, filter.resource() != null, "l.resource = :resource");
    when(sql, filter.booked() != null, "l.booked = :booked");
    if (filter.corrections() != null) {
      when(
          sql,
          true,
          "(l.booked <> date_trunc('month', l.from_at AT TIME ZONE 'UTC')::date) = "
              + filter.corrections());
    }
    return sql.toString();
  }

  private static void when(StringBuilder sql, boolean asked, String condition) {
    if (asked) {
      sql.append(" AND ").append(condition);
    }
  }
}
