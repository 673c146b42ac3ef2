package dev.catnap.cost.ledger.jdbc;

import dev.catnap.cost.database.Columns;
import dev.catnap.cost.pricing.Level;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.json.Json;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What definitions set aside, by the time they were written. The topic is compacted: a rebuild
 * finds the newest definition only, and it then speaks for the time before as well. A removed
 * definition still speaks for its past.
 */
final class DefinitionStore {
  private static final String UPSERT =
      """
      INSERT INTO definition
        (service, defined_at, nano_cores, bytes, storage_bytes, group_name, labels)
      SELECT * FROM unnest(?::text[], ?::timestamptz[], ?::bigint[], ?::bigint[], ?::bigint[],
        ?::text[], ?::jsonb[])
      ON CONFLICT (service, defined_at) DO UPDATE SET
        nano_cores = excluded.nano_cores, bytes = excluded.bytes,
        storage_bytes = excluded.storage_bytes, group_name = excluded.group_name,
        labels = excluded.labels
      WHERE (definition.nano_cores, definition.bytes, definition.storage_bytes,
        definition.group_name, definition.labels)
        IS DISTINCT FROM
        (excluded.nano_cores, excluded.bytes, excluded.storage_bytes,
        excluded.group_name, excluded.labels)
      RETURNING service, defined_at
      """;

  /** The first definition of a service speaks for the time before it as well. */
  private static final String REACH =
      """
      SELECT c.service, c.container,
        CASE WHEN EXISTS (SELECT FROM definition d
          WHERE d.service = t.service AND d.defined_at < t.at) THEN t.at ELSE 'epoch' END
      FROM unnest(?::text[], ?::timestamptz[]) AS t (service, at)
      JOIN ledger_container c ON c.service = t.service
      """;

  private record Changed(String service, Instant at) {}

  private final JdbcTemplate jdbc;

  DefinitionStore(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Answers what is to be priced again, and from when on. */
  List<Touched> add(Collection<ServiceDefinition> definitions) {
    if (definitions.isEmpty()) {
      return List.of();
    }
    Map<String, ServiceDefinition> last = new LinkedHashMap<>();
    definitions.forEach(one -> last.put(one.name() + " " + one.definedAt(), one));
    List<Changed> changed =
        jdbc.query(
            UPSERT,
            (row, number) ->
                new Changed(row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant()),
            new Columns<>(last.values())
                .with(ServiceDefinition::name)
                .time(ServiceDefinition::definedAt)
                .with(definition -> {
                  Double cores = definition.container().resources().cpuCores();
                  return cores == null ? null : Level.nanoCores(cores);
                })
                .with(definition -> definition.container().resources().memoryBytes())
                .with(definition -> definition.container().resources().storageBytes())
                .with(ServiceDefinition::group)
                .with(definition ->
                    Json.MAPPER.writeValueAsString(new TreeMap<>(definition.labels())))
                .arguments());
    return changed.isEmpty()
        ? List.of()
        : jdbc.query(
            REACH,
            SpanStore::touched,
            new Columns<>(changed).with(Changed::service).time(Changed::at).arguments());
  }
}
