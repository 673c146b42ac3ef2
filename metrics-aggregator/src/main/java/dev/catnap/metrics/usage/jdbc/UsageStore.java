package dev.catnap.metrics.usage.jdbc;

import dev.catnap.events.ResourceSample;
import dev.catnap.metrics.storage.jdbc.Columns;
import dev.catnap.metrics.usage.SampledContainer;
import dev.catnap.metrics.window.Bucket;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Folds resource samples: each is kept once by its natural key, and the minutes, hours and days
 * touched are computed again from what they consist of. To be called within a transaction.
 */
public final class UsageStore {
  private static final String SAMPLES =
      """
      INSERT INTO resource_sample (service, container, at, host, window_millis, cpu_cores,
        cpu_core_micros, cpu_limit_cores, memory_bytes, memory_limit_bytes, pids,
        network_rx_bytes, network_tx_bytes, block_read_bytes, block_write_bytes)
      SELECT * FROM unnest(?::text[], ?::text[], ?::timestamptz[], ?::text[], ?::bigint[],
        ?::float8[], ?::bigint[], ?::float8[], ?::bigint[], ?::bigint[], ?::bigint[],
        ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
      ON CONFLICT DO NOTHING
      """;

  private static final String SEALED =
      """
      SELECT u.service, u.container, u.bucket
      FROM unnest(?::text[], ?::text[], ?::timestamptz[]) AS t (service, container, bucket)
      JOIN usage_minute u USING (service, container, bucket)
      WHERE u.sealed
      """;

  private final JdbcTemplate jdbc;

  public UsageStore(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Takes samples in, known ones too.
   *
   * @return how many came too late: for minutes whose samples have been deleted since, which can
   *     therefore not be computed again. They are left out.
   */
  public int fold(Collection<ResourceSample> samples) {
    if (samples.isEmpty()) {
      return 0;
    }
    Set<SampledContainer> sealed = sealed(minutesOf(samples));
    List<ResourceSample> inTime =
        samples.stream()
            .filter(sample -> !sealed.contains(SampledContainer.minuteOf(sample)))
            .toList();
    if (!inTime.isEmpty()) {
      jdbc.update(SAMPLES, sampleColumns(inTime));
      rollUp(minutesOf(inTime));
    }
    return samples.size() - inTime.size();
  }

  private static Set<SampledContainer> minutesOf(Collection<ResourceSample> samples) {
    return samples.stream().map(SampledContainer::minuteOf).collect(Collectors.toSet());
  }

  private Set<SampledContainer> sealed(Set<SampledContainer> minutes) {
    return new HashSet<>(
        jdbc.query(
            SEALED,
            (row, number) ->
                new SampledContainer(
                    row.getString(1),
                    row.getString(2),
                    row.getObject(3, OffsetDateTime.class).toInstant()),
            keys(minutes)));
  }

  private void rollUp(Set<SampledContainer> minutes) {
    jdbc.update(UsageRollups.MINUTES, keys(minutes));
    Set<SampledContainer> hours = within(Bucket.HOUR, minutes);
    jdbc.update(UsageRollups.HOURS, keys(hours));
    jdbc.update(UsageRollups.DAYS, keys(within(Bucket.DAY, hours)));
  }

  private static Set<SampledContainer> within(Bucket size, Set<SampledContainer> buckets) {
    return buckets.stream().map(bucket -> bucket.within(size)).collect(Collectors.toSet());
  }

  private static Object[] keys(Set<SampledContainer> buckets) {
    return Columns.of(buckets)
        .text(SampledContainer::service)
        .text(SampledContainer::container)
        .instant(SampledContainer::bucket)
        .arguments();
  }

  private static Object[] sampleColumns(Collection<ResourceSample> samples) {
    return Columns.of(samples)
        .text(ResourceSample::service)
        .text(ResourceSample::container)
        .instant(ResourceSample::at)
        .text(ResourceSample::host)
        .number(ResourceSample::windowMillis)
        .number(ResourceSample::cpuCores)
        .number(sample -> Math.round(sample.cpuCores() * sample.windowMillis() * 1_000))
        .number(ResourceSample::cpuLimitCores)
        .number(ResourceSample::memoryBytes)
        .number(ResourceSample::memoryLimitBytes)
        .number(ResourceSample::pids)
        .number(ResourceSample::networkRxBytes)
        .number(ResourceSample::networkTxBytes)
        .number(ResourceSample::blockReadBytes)
        .number(ResourceSample::blockWriteBytes)
        .arguments();
  }
}
