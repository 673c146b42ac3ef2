package dev.catnap.cost.ledger.jdbc;

import dev.catnap.cost.database.Columns;
import dev.catnap.cost.ledger.ContainerHistory;
import dev.catnap.cost.ledger.Reservation;
import dev.catnap.cost.ledger.Span;
import dev.catnap.cost.ledger.StateSpan;
import dev.catnap.cost.ledger.StorageHour;
import dev.catnap.cost.ledger.Stretch;
import dev.catnap.cost.ledger.UsageLevels;
import dev.catnap.cost.ledger.UsedHour;
import dev.catnap.events.RunState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads what is needed to price a window. To be called within one read transaction. */
public final class HistoryReader {
  private static final String CONTAINERS =
      """
      SELECT DISTINCT service, container FROM state_span
      WHERE from_at < ? AND (until_at IS NULL OR until_at > ?)
        AND (cardinality(?::text[]) = 0 OR service = ANY (?::text[]))
      """;

  /** From the last one that began before the time asked for: each lasts until the next begins. */
  private static final String SPANS =
      """
      SELECT s.* FROM unnest(?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[])
        AS c (service, container, since, till)
      CROSS JOIN LATERAL (
        SELECT service, container, state, host, from_at, until_at, resident_bytes
        FROM state_span p
        WHERE p.service = c.service AND p.container = c.container AND p.from_at < c.till
          AND p.from_at >= coalesce(
            (SELECT max(b.from_at) FROM state_span b
             WHERE b.service = c.service AND b.container = c.container AND b.from_at <= c.since),
            c.since)
          AND (p.until_at IS NULL OR p.until_at > c.since)
          AND p.until_at IS DISTINCT FROM p.from_at
        ORDER BY p.from_at, p.settled, p.change_id
      ) s
      """;

  /** What follows is looked up for each rest that ended: to sort all states takes far longer. */
  private static final String WAKES =
      """
      SELECT date_trunc('day', r.until_at, 'UTC'), r.service, count(*)
      FROM state_span r CROSS JOIN LATERAL (
        SELECT n.state FROM state_span n
        WHERE n.service = r.service AND n.container = r.container AND n.from_at = r.until_at
          AND n.until_at IS DISTINCT FROM n.from_at
        OFFSET 0
      ) next
      WHERE r.state IN ('SLEEPING', 'STOPPED') AND r.until_at >= ? AND r.until_at < ?
        AND r.until_at <> r.from_at AND next.state IN ('WAKING', 'RUNNING')
      GROUP BY 1, 2
      """;

  private final JdbcTemplate jdbc;
  private final HourReader hours;
  private final StorageStore storage;
  private final DefinitionReader definitions;

  public HistoryReader(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
    this.hours = new HourReader(jdbc);
    this.storage = new StorageStore(jdbc);
    this.definitions = new DefinitionReader(jdbc);
  }

  /**
   * @param services only these; empty: all
   */
  public List<ContainerHistory> read(Instant from, Instant to, Collection<String> services) {
    String[] names = services.toArray(String[]::new);
    return read(
        jdbc.query(
            CONTAINERS,
            (row, number) -> new Stretch(row.getString(1), row.getString(2), from, to),
            Timestamp.from(to),
            Timestamp.from(from),
            names,
            names));
  }

  /** Each container for its own time; at most one stretch a container. */
  public List<ContainerHistory> read(Collection<Stretch> stretches) {
    return read(stretches, UsageLevels.LOOK_BACK_HOURS);
  }

  /**
   * The same just for pricing: of the hours before a stretch only so many are read one by one as
   * have to leave the mean in its course, the others as their sum.
   */
  public List<ContainerHistory> readForPricing(Collection<Stretch> stretches) {
    return read(stretches, 0);
  }

  private List<ContainerHistory> read(Collection<Stretch> stretches, int apart) {
    if (stretches.isEmpty()) {
      return List.of();
    }
    SortedMap<ContainerKey, Stretch> asked = new TreeMap<>();
    stretches.forEach(one -> asked.put(new ContainerKey(one.service(), one.container()), one));
    Map<ContainerKey, List<StateSpan>> spans = spans(stretches);
    Map<ContainerKey, List<UsedHour>> used = hours.read(stretches, apart);
    Map<ContainerKey, List<StorageHour>> stored = storage.read(stretches);
    Map<String, List<Reservation>> reservations =
        definitions.all(stretches.stream().map(Stretch::service).distinct().toList());
    List<ContainerHistory> histories = new ArrayList<>();
    asked.forEach((key, stretch) -> {
      if (spans.containsKey(key)) {
        histories.add(
            new ContainerHistory(
                key.service(),
                key.container(),
                stretch.from(),
                stretch.to(),
                spans.get(key),
                used.getOrDefault(key, List.of()),
                stored.getOrDefault(key, List.of()),
                reservations.getOrDefault(key.service(), List.of())));
      }
    });
    return histories;
  }

  /**
   * The newest definition of each service.
   *
   * @param services only these; empty: all
   */
  public Map<String, Reservation> newest(Collection<String> services) {
    return definitions.newest(services);
  }

  /** All definitions of all services, in order of time. */
  public Map<String, List<Reservation>> definitions() {
    return definitions.all(List.of());
  }

  /**
   * How often each service came from asleep or stopped, by day of UTC; those that did. From the
   * begin on and before the end, so that windows add up.
   */
  Map<Instant, Map<String, Integer>> wakesByDay(Span window) {
    Map<Instant, Map<String, Integer>> wakes = new HashMap<>();
    jdbc.query(
        WAKES,
        row -> {
          wakes
              .computeIfAbsent(
                  row.getObject(1, OffsetDateTime.class).toInstant(), any -> new HashMap<>())
              .put(row.getString(2).intern(), row.getInt(3));
        },
        Timestamp.from(window.from()),
        Timestamp.from(window.to()));
    return wakes;
  }

  /** When the first state was known; null: none is. Each container has a row in the ledger. */
  public @Nullable Instant firstKnown(Collection<String> services) {
    String[] names = services.toArray(String[]::new);
    OffsetDateTime first =
        jdbc.queryForObject(
            """
            SELECT min(f.from_at) FROM ledger_container c CROSS JOIN LATERAL (
              SELECT s.from_at FROM state_span s
              WHERE s.service = c.service AND s.container = c.container
              ORDER BY s.from_at LIMIT 1
            ) f WHERE cardinality(?::text[]) = 0 OR c.service = ANY (?::text[])
            """,
            OffsetDateTime.class,
            names,
            names);
    return first == null ? null : first.toInstant();
  }

  private Map<ContainerKey, List<StateSpan>> spans(Collection<Stretch> stretches) {
    Map<ContainerKey, List<StateSpan>> spans = new HashMap<>();
    jdbc.query(
        SPANS,
        row -> {
          spans.computeIfAbsent(ContainerKey.of(row), any -> new ArrayList<>()).add(span(row));
        },
        columns(stretches));
    return spans;
  }

  static Object[] columns(Collection<Stretch> stretches) {
    return new Columns<>(stretches)
        .with(Stretch::service)
        .with(Stretch::container)
        .time(Stretch::from)
        .time(Stretch::to)
        .arguments();
  }

  private static StateSpan span(ResultSet row) throws SQLException {
    OffsetDateTime until = row.getObject("until_at", OffsetDateTime.class);
    return new StateSpan(
        RunState.valueOf(row.getString("state")),
        row.getString("host"),
        row.getObject("from_at", OffsetDateTime.class).toInstant(),
        until == null ? null : until.toInstant(),
        row.getObject("resident_bytes", Long.class));
  }
}
