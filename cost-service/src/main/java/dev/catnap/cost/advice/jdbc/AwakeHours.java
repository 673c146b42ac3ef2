package dev.catnap.cost.advice.jdbc;

import dev.catnap.cost.advice.AwakeMeans;
import dev.catnap.cost.advice.ContainerId;
import dev.catnap.cost.ledger.KeptParts;
import dev.catnap.cost.ledger.Span;
import dev.catnap.cost.ledger.UsageLevels;
import dev.catnap.cost.ledger.jdbc.BookedHours;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads hourly means awake of all containers, kept until hours they come from are booked again. */
final class AwakeHours {
  /** Of the window, and before it as many as the mean looks back. */
  private static final String HOURS =
      """
      SELECT c.service, c.container, u.* FROM ledger_container c
      CROSS JOIN LATERAL (
        (SELECT nano_core_micros, cpu_micros, byte_micros, memory_micros FROM usage_hour h
         WHERE h.service = c.service AND h.container = c.container
           AND NOT h.asleep AND h.hour < ?
         ORDER BY h.hour DESC LIMIT ?)
        UNION ALL
        (SELECT nano_core_micros, cpu_micros, byte_micros, memory_micros FROM usage_hour h
         WHERE h.service = c.service AND h.container = c.container
           AND NOT h.asleep AND h.hour >= ? AND h.hour < ?)
      ) u
      """;

  private final JdbcTemplate jdbc;
  private final BookedHours hours;
  private final KeptParts<Span, Map<ContainerId, AwakeMeans>> kept;

  /**
   * @param mostBytes that are kept, about
   */
  AwakeHours(JdbcTemplate jdbc, BookedHours hours, long mostBytes) {
    this.jdbc = jdbc;
    this.hours = hours;
    this.kept = new KeptParts<>(mostBytes, AwakeHours::bytes);
  }

  private static long bytes(Map<ContainerId, AwakeMeans> means) {
    return means.values().stream().mapToLong(AwakeMeans::bytes).sum();
  }

  /**
   * @param window of full hours, all booked
   */
  Map<ContainerId, AwakeMeans> read(Span window) {
    Span since = new Span(Instant.EPOCH, window.to());
    long change = Objects.requireNonNull(hours.changes(List.of(since)).get(since));
    Map<ContainerId, AwakeMeans> means = kept.find(window, change);
    if (means == null) {
      means = query(window);
      kept.keep(window, change, means);
    }
    return means;
  }

  private Map<ContainerId, AwakeMeans> query(Span window) {
    Map<ContainerId, AwakeMeans.Builder> found = new HashMap<>();
    Timestamp first = Timestamp.from(window.from());
    jdbc.query(
        HOURS,
        row -> {
          found
              .computeIfAbsent(
                  new ContainerId(row.getString(1), row.getString(2)),
                  any -> new AwakeMeans.Builder())
              .add(
                  row.getObject(3, BigDecimal.class).toBigInteger(),
                  row.getLong(4),
                  row.getObject(5, BigDecimal.class).toBigInteger(),
                  row.getLong(6));
        },
        first,
        UsageLevels.LOOK_BACK_HOURS,
        first,
        Timestamp.from(window.to()));
    Map<ContainerId, AwakeMeans> means = new HashMap<>();
    found.forEach((container, hours) -> means.put(container, hours.build()));
    return means;
  }
}
