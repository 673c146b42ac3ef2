package dev.catnap.cost.ledger.jdbc;

import dev.catnap.cost.ledger.Reservation;
import dev.catnap.events.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.core.type.TypeReference;

/** Reads what definitions set aside and the names they sum by. */
final class DefinitionReader {
  private static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {};

  private final JdbcTemplate jdbc;

  DefinitionReader(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The newest definition of each service.
   *
   * @param services only these; empty: all
   */
  Map<String, Reservation> newest(Collection<String> services) {
    String[] names = services.toArray(String[]::new);
    Map<String, Reservation> newest = new HashMap<>();
    jdbc.query(
        """
        SELECT DISTINCT ON (service) service, defined_at, nano_cores, bytes, storage_bytes,
          group_name, labels::text
        FROM definition WHERE cardinality(?::text[]) = 0 OR service = ANY (?::text[])
        ORDER BY service, defined_at DESC
        """,
        row -> {
          newest.put(row.getString("service"), reservation(row));
        },
        names,
        names);
    return newest;
  }

  /**
   * All definitions, in order of time.
   *
   * @param services only these; empty: all
   */
  Map<String, List<Reservation>> all(Collection<String> services) {
    String[] names = services.toArray(String[]::new);
    Map<String, List<Reservation>> reservations = new HashMap<>();
    jdbc.query(
        """
        SELECT service, defined_at, nano_cores, bytes, storage_bytes, group_name, labels::text
        FROM definition WHERE cardinality(?::text[]) = 0 OR service = ANY (?::text[])
        ORDER BY service, defined_at
        """,
        row -> {
          reservations
              .computeIfAbsent(row.getString("service"), any -> new ArrayList<>())
              .add(reservation(row));
        },
        names,
        names);
    return reservations;
  }

  private static Reservation reservation(ResultSet row) throws SQLException {
    return new Reservation(
        row.getObject("defined_at", OffsetDateTime.class).toInstant(),
        row.getObject("nano_cores", Long.class),
        row.getObject("bytes", Long.class),
        row.getObject("storage_bytes", Long.class),
        row.getString("group_name"),
        Json.MAPPER.readValue(row.getString("labels"), LABELS));
  }
}
