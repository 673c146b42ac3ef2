package dev.catnap.cost.ledger.jdbc;

import dev.catnap.cost.database.Columns;
import dev.catnap.cost.pricing.Level;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.json.Json;
import java.util.Collection;
import java.util.LinkedHashMap;
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
      INSERT INTO definition (service, defined_at, nano_cores, bytes, group_name, labels)
      SELECT * FROM unnest(?::text[], ?::timestamptz[], ?::bigint[], ?::bigint[], ?::text[],
        ?::jsonb[])
      ON CONFLICT (service, defined_at) DO UPDATE SET
        nano_cores = excluded.nano_cores, bytes = excluded.bytes,
        group_name = excluded.group_name, labels = excluded.labels
      """;

  private final JdbcTemplate jdbc;

  DefinitionStore(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  void add(Collection<ServiceDefinition> definitions) {
    if (definitions.isEmpty()) {
      return;
    }
    Map<String, ServiceDefinition> last = new LinkedHashMap<>();
    definitions.forEach(one -> last.put(one.name() + " " + one.definedAt(), one));
    jdbc.update(
        UPSERT,
        new Columns<>(last.values())
            .with(ServiceDefinition::name)
            .time(ServiceDefinition::definedAt)
            .with(definition -> {
              Double cores = definition.container().resources().cpuCores();
              return cores == null ? null : Level.nanoCores(cores);
            })
            .with(definition -> definition.container().resources().memoryBytes())
            .with(ServiceDefinition::group)
            .with(definition -> Json.MAPPER.writeValueAsString(new TreeMap<>(definition.labels())))
            .arguments());
  }
}
