package dev.catnap.cost.ledger.jdbc;

import dev.catnap.cost.database.Columns;
import dev.catnap.cost.pricing.Level;
import dev.catnap.events.ResourceSample;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Samples as heard, kept for a bounded time. One of a container and a time counts once. */
final class SampleStore {
  private static final String INSERT =
      """
      INSERT INTO sample
        (service, container, at, since_at, nano_cores, bytes, nano_core_limit, byte_limit,
        network_in_bytes, network_out_bytes, storage_bytes)
      SELECT n.* FROM unnest(?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[],
        ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
        ?::bigint[])
        AS n (service, container, at, since_at, nano_cores, bytes, nano_core_limit, byte_limit,
          network_in_bytes, network_out_bytes, storage_bytes)
      WHERE n.at > coalesce((SELECT kept_since FROM sample_horizon), '-infinity')
      ON CONFLICT DO NOTHING
      RETURNING service, container, at
      """;

  private static final String COUNT_LATE =
      """
      SELECT count(*) FROM unnest(?::timestamptz[]) AS n (at)
      WHERE n.at <= (SELECT kept_since FROM sample_horizon)
      """;

  private final JdbcTemplate jdbc;

  SampleStore(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Answers those that are new. */
  List<Touched> add(Collection<ResourceSample> samples) {
    if (samples.isEmpty()) {
      return List.of();
    }
    return jdbc.query(
        INSERT,
        SpanStore::touched,
        new Columns<>(samples)
            .with(ResourceSample::service)
            .with(ResourceSample::container)
            .time(ResourceSample::at)
            .time(SampleStore::since)
            .with(sample -> Level.nanoCores(sample.cpuCores()))
            .with(ResourceSample::memoryBytes)
            .with(sample -> nanoCores(sample.cpuLimitCores()))
            .with(ResourceSample::memoryLimitBytes)
            .with(ResourceSample::networkRxBytes)
            .with(ResourceSample::networkTxBytes)
            .with(ResourceSample::storageBytes)
            .arguments());
  }

  /** One that tells of storage alone has no window to be counted as use. */
  private static Instant since(ResourceSample sample) {
    return sample.tellsStorageOnly() ? sample.at() : sample.at().minusMillis(sample.windowMillis());
  }

  private static @Nullable Long nanoCores(@Nullable Double cores) {
    return cores == null ? null : Level.nanoCores(cores);
  }

  /** How many are of hours whose samples are deleted; those were not stored. */
  int countLate(Collection<ResourceSample> samples) {
    if (samples.isEmpty()) {
      return 0;
    }
    Integer late =
        jdbc.queryForObject(
            COUNT_LATE, Integer.class, new Columns<>(samples).time(ResourceSample::at).arguments());
    return late == null ? 0 : late;
  }

  /**
   * Deletes samples up to a full hour. From then on those hours' sums stand.
   *
   * @return how many
   */
  int deleteUpTo(Instant hour) {
    Timestamp limit = Timestamp.from(hour);
    jdbc.update(
        """
        INSERT INTO sample_horizon (kept_since) VALUES (?)
        ON CONFLICT (single) DO UPDATE
        SET kept_since = greatest(sample_horizon.kept_since, excluded.kept_since)
        """,
        limit);
    return jdbc.update("DELETE FROM sample WHERE at <= ?", limit);
  }
}
