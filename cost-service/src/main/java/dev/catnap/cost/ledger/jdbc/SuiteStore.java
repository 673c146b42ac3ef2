package dev.catnap.cost.ledger.jdbc;

import dev.catnap.cost.ledger.SuiteUse;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** What processes of the suite used. A row of an hour grows until the hour is over. */
public final class SuiteStore {
  private final JdbcTemplate jdbc;

  public SuiteStore(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  public void save(SuiteUse use) {
    jdbc.update(
        """
        INSERT INTO suite_use (process, from_at, host, to_at, cpu_nanos, byte_micros)
        VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (process, from_at) DO UPDATE SET to_at = excluded.to_at,
          cpu_nanos = excluded.cpu_nanos, byte_micros = excluded.byte_micros
        WHERE suite_use.to_at < excluded.to_at
        """,
        use.process(),
        Timestamp.from(use.from()),
        use.host(),
        Timestamp.from(use.to()),
        use.cpuNanos(),
        new BigDecimal(use.byteMicros()));
  }

  /** When anything of it was first measured. */
  public Optional<Instant> firstUsed() {
    return Optional.ofNullable(
            jdbc.queryForObject("SELECT min(from_at) FROM suite_use", Timestamp.class))
        .map(Timestamp::toInstant);
  }

  public List<SuiteUse> read(Instant from, Instant to) {
    return jdbc.query(
        """
        SELECT process, host, from_at, to_at, cpu_nanos, byte_micros
        FROM suite_use WHERE from_at < ? AND to_at > ? ORDER BY process, from_at
        """,
        (row, number) ->
            new SuiteUse(
                row.getString("process"),
                row.getString("host"),
                row.getTimestamp("from_at").toInstant(),
                row.getTimestamp("to_at").toInstant(),
                row.getLong("cpu_nanos"),
                row.getBigDecimal("byte_micros").toBigInteger()),
        Timestamp.from(to),
        Timestamp.from(from));
  }
}
