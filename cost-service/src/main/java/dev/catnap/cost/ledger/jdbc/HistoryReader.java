package dev.catnap.cost.ledger.jdbc;

import dev.catnap.cost.ledger.ContainerHistory;
import dev.catnap.cost.ledger.MovedBytes;
import dev.catnap.cost.ledger.Reservation;
import dev.catnap.cost.ledger.StateSpan;
import dev.catnap.cost.ledger.UsageLevels;
import dev.catnap.cost.ledger.UsedHour;
import dev.catnap.events.RunState;
import dev.catnap.events.json.Json;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.core.type.TypeReference;

/** Reads what is needed to price a window. To be called within one read transaction. */
public final class HistoryReader {
  private static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {};

  private static final String SPANS =
      """
      SELECT service, container, state, host, from_at, until_at, resident_bytes
      FROM state_span
      WHERE from_at < ? AND (until_at IS NULL OR until_at > ?)
        AND until_at IS DISTINCT FROM from_at
        AND (cardinality(?::text[]) = 0 OR service = ANY (?::text[]))
      ORDER BY service, container, from_at, settled, change_id
      """;

  private static final String HOURS =
      """
      SELECT u.service, u.container, u.hour, u.asleep, u.nano_core_micros, u.cpu_micros,
        u.byte_micros, u.memory_micros, u.nano_core_limit, u.byte_limit,
        u.network_in_bytes, u.network_out_bytes, u.network_micros
      FROM unnest(?::text[], ?::text[]) AS c (service, container)
      CROSS JOIN LATERAL (
        (SELECT * FROM usage_hour h
         WHERE h.service = c.service AND h.container = c.container
           AND NOT h.asleep AND h.hour < ?
         ORDER BY h.hour DESC LIMIT ?)
        UNION ALL
        (SELECT * FROM usage_hour h
         WHERE h.service = c.service AND h.container = c.container
           AND h.asleep AND h.hour < ?
         ORDER BY h.hour DESC LIMIT 1)
        UNION ALL
        (SELECT * FROM usage_hour h
         WHERE h.service = c.service AND h.container = c.container
           AND h.hour >= ? AND h.hour < ?)
      ) u
      """;

  private final JdbcTemplate jdbc;

  public HistoryReader(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  private record Key(String service, String container) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byService = service.compareTo(other.service);
      return byService == 0 ? container.compareTo(other.container) : byService;
    }
  }

  /**
   * @param services only these; empty: all
   */
  public List<ContainerHistory> read(Instant from, Instant to, Collection<String> services) {
    SortedMap<Key, List<StateSpan>> spans = spans(from, to, services);
    Map<Key, List<UsedHour>> hours = hours(from, to, spans.keySet());
    Map<String, List<Reservation>> reservations = reservations(spans.keySet());
    return spans.entrySet().stream()
        .map(entry ->
            new ContainerHistory(
                entry.getKey().service(),
                entry.getKey().container(),
                entry.getValue(),
                hours.getOrDefault(entry.getKey(), List.of()),
                reservations.getOrDefault(entry.getKey().service(), List.of())))
        .toList();
  }

  /** When the first state was known; null: none is. */
  public @Nullable Instant firstKnown(Collection<String> services) {
    String[] names = services.toArray(String[]::new);
    OffsetDateTime first =
        jdbc.queryForObject(
            """
            SELECT min(from_at) FROM state_span
            WHERE cardinality(?::text[]) = 0 OR service = ANY (?::text[])
            """,
            OffsetDateTime.class,
            names,
            names);
    return first == null ? null : first.toInstant();
  }

  private SortedMap<Key, List<StateSpan>> spans(
      Instant from, Instant to, Collection<String> services) {
    String[] names = services.toArray(String[]::new);
    SortedMap<Key, List<StateSpan>> spans = new TreeMap<>();
    jdbc.query(
        SPANS,
        row -> {
          spans.computeIfAbsent(key(row), any -> new ArrayList<>()).add(span(row));
        },
        Timestamp.from(to),
        Timestamp.from(from),
        names,
        names);
    return spans;
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

  private Map<Key, List<UsedHour>> hours(Instant from, Instant to, Collection<Key> containers) {
    Map<Key, List<UsedHour>> hours = new HashMap<>();
    Timestamp firstHour = Timestamp.from(from.truncatedTo(ChronoUnit.HOURS));
    jdbc.query(
        HOURS,
        row -> {
          hours.computeIfAbsent(key(row), any -> new ArrayList<>()).add(hour(row));
        },
        containers.stream().map(Key::service).toArray(String[]::new),
        containers.stream().map(Key::container).toArray(String[]::new),
        firstHour,
        UsageLevels.LOOK_BACK_HOURS,
        firstHour,
        firstHour,
        Timestamp.from(to));
    return hours;
  }

  private static UsedHour hour(ResultSet row) throws SQLException {
    return new UsedHour(
        row.getObject("hour", OffsetDateTime.class).toInstant(),
        row.getBoolean("asleep"),
        row.getObject("nano_core_micros", BigDecimal.class).toBigInteger(),
        row.getLong("cpu_micros"),
        row.getObject("byte_micros", BigDecimal.class).toBigInteger(),
        row.getLong("memory_micros"),
        row.getObject("nano_core_limit", Long.class),
        row.getObject("byte_limit", Long.class),
        new MovedBytes(
            row.getObject("network_in_bytes", BigDecimal.class).toBigInteger(),
            row.getObject("network_out_bytes", BigDecimal.class).toBigInteger(),
            row.getLong("network_micros")));
  }

  private Map<String, List<Reservation>> reservations(Collection<Key> containers) {
    Map<String, List<Reservation>> reservations = new HashMap<>();
    jdbc.query(
        """
        SELECT service, defined_at, nano_cores, bytes, group_name, labels::text
        FROM definition WHERE service = ANY (?::text[]) ORDER BY service, defined_at
        """,
        row -> {
          reservations
              .computeIfAbsent(row.getString("service"), any -> new ArrayList<>())
              .add(reservation(row));
        },
        (Object) containers.stream().map(Key::service).distinct().toArray(String[]::new));
    return reservations;
  }

  private static Reservation reservation(ResultSet row) throws SQLException {
    return new Reservation(
        row.getObject("defined_at", OffsetDateTime.class).toInstant(),
        row.getObject("nano_cores", Long.class),
        row.getObject("bytes", Long.class),
        row.getString("group_name"),
        Json.MAPPER.readValue(row.getString("labels"), LABELS));
  }

  private static Key key(ResultSet row) throws SQLException {
    return new Key(row.getString("service"), row.getString("container"));
  }
}
