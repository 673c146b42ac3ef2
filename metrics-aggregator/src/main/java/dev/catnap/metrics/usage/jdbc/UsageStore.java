package dev.catnap.metrics.usage.jdbc;

import dev.catnap.events.ResourceSample;
import dev.catnap.metrics.storage.jdbc.Columns;
import dev.catnap.metrics.storage.jdbc.Dirty;
import dev.catnap.metrics.storage.jdbc.Dirty.Mark;
import dev.catnap.metrics.usage.SampleFigures;
import dev.catnap.metrics.window.Bucket;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Keeps resource samples, each once by its natural key, and marks their minutes. Where two with the
 * same key say different things the smaller counts, whichever came first. To be called within a
 * transaction, with samples of days that are open.
 *
 * <p>Hardly any is told twice, so they are copied in; only where one is there already they are
 * inserted one by one, which costs the database three times as much.
 */
public final class UsageStore {
  private static final String SAMPLES =
      """
      INSERT INTO resource_sample AS r (service, container, at, host, window_millis, cpu_cores,
        cpu_core_micros, cpu_limit_cores, memory_bytes, memory_limit_bytes, pids,
        network_rx_bytes, network_tx_bytes, block_read_bytes, block_write_bytes,
        cpu_slot, memory_slot)
      SELECT service, container, AT, host, window_millis, cpu, core_micros, cpu_limit, memory,
        memory_limit, pids, rx, tx, read, written, cpu_slot, memory_slot
      FROM unnest(?::text[], ?::text[], ?::bigint[], ?::text[], ?::bigint[],
        ?::float8[], ?::bigint[], ?::float8[], ?::bigint[], ?::bigint[], ?::bigint[],
        ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::int[], ?::int[])
        AS t (service, container, micros, host, window_millis, cpu, core_micros, cpu_limit, memory,
          memory_limit, pids, rx, tx, read, written, cpu_slot, memory_slot)
      ON CONFLICT (service, container, at, host) DO UPDATE SET
        window_millis = excluded.window_millis, cpu_cores = excluded.cpu_cores,
        cpu_core_micros = excluded.cpu_core_micros, cpu_limit_cores = excluded.cpu_limit_cores,
        memory_bytes = excluded.memory_bytes, memory_limit_bytes = excluded.memory_limit_bytes,
        pids = excluded.pids, network_rx_bytes = excluded.network_rx_bytes,
        network_tx_bytes = excluded.network_tx_bytes, block_read_bytes = excluded.block_read_bytes,
        block_write_bytes = excluded.block_write_bytes, cpu_slot = excluded.cpu_slot,
        memory_slot = excluded.memory_slot
      WHERE (excluded.window_millis, excluded.cpu_cores, excluded.memory_bytes,
          coalesce(excluded.cpu_limit_cores, -1), coalesce(excluded.memory_limit_bytes, -1),
          excluded.pids, excluded.network_rx_bytes, excluded.network_tx_bytes,
          excluded.block_read_bytes, excluded.block_write_bytes)
        < (r.window_millis, r.cpu_cores, r.memory_bytes, coalesce(r.cpu_limit_cores, -1),
          coalesce(r.memory_limit_bytes, -1), r.pids, r.network_rx_bytes, r.network_tx_bytes,
          r.block_read_bytes, r.block_write_bytes)
      """
          .replace("AT,", Columns.AT.formatted("micros") + ",");

  /** Which of two with the same key counts; the same order as in the statement. */
  private static final Comparator<ResourceSample> SMALLER =
      Comparator.comparingLong(ResourceSample::windowMillis)
          .thenComparing(SampleFigures::cpuCores)
          .thenComparing(ResourceSample::memoryBytes)
          .thenComparing(sample -> orBelowAll(sample.cpuLimitCores()))
          .thenComparing(sample -> orBelowAll(sample.memoryLimitBytes()))
          .thenComparing(ResourceSample::pids)
          .thenComparing(ResourceSample::networkRxBytes)
          .thenComparing(ResourceSample::networkTxBytes)
          .thenComparing(ResourceSample::blockReadBytes)
          .thenComparing(ResourceSample::blockWriteBytes);

  private final JdbcTemplate jdbc;
  private final Dirty dirty;
  private final NewMinutes minutes;

  /** As those before: where a stretch of the log is folded again, all of them are there. */
  private volatile boolean probablyNew = true;

  public UsageStore(JdbcTemplate jdbc, Dirty dirty) {
    this.jdbc = jdbc;
    this.dirty = dirty;
    this.minutes = new NewMinutes(jdbc);
  }

  private static double orBelowAll(@org.jspecify.annotations.Nullable Number limit) {
    return limit == null ? -1 : limit.doubleValue();
  }

  private record Key(String service, String container, Instant at, String host) {}

  /** Takes samples in, known ones too. */
  public void keep(Collection<ResourceSample> samples) {
    if (samples.isEmpty()) {
      return;
    }
    // In the order of the log, which is that of time: so they stand together in the tables as well.
    Map<Key, ResourceSample> distinct = LinkedHashMap.newLinkedHashMap(samples.size());
    for (ResourceSample sample : samples) {
      distinct.merge(keyOf(sample), sample, (a, b) -> SMALLER.compare(a, b) <= 0 ? a : b);
    }
    if (probablyNew && copied(distinct.values())) {
      mark(samples, minutes.sumUp(distinct.values()));
    } else {
      probablyNew = jdbc.update(SAMPLES, columns(distinct.values())) == distinct.size();
      mark(samples, Set.of());
    }
  }

  /**
   * @param summedUp minutes that have their sums
   */
  private void mark(Collection<ResourceSample> samples, Set<Mark> summedUp) {
    Set<Mark> touched =
        samples.stream().map(NewMinutes::minuteOf).collect(Collectors.toCollection(HashSet::new));
    touched.removeAll(summedUp);
    dirty.mark(Dirty.What.USAGE, touched);
    dirty.mark(Dirty.What.USAGE_HOUR, UsageRollups.within(Bucket.HOUR, summedUp));
  }

  private boolean copied(Collection<ResourceSample> samples) {
    SampleCopy copy = new SampleCopy();
    samples.forEach(copy::add);
    return copy.rows().intoUnlessThere(jdbc, "resource_sample");
  }

  private static Key keyOf(ResourceSample sample) {
    Instant at = sample.at().truncatedTo(ChronoUnit.MICROS);
    return new Key(sample.service(), sample.container(), at, sample.host());
  }

  private static Object[] columns(Collection<ResourceSample> samples) {
    return Columns.of(samples)
        .text(ResourceSample::service)
        .text(ResourceSample::container)
        .micros(ResourceSample::at)
        .text(ResourceSample::host)
        .longs(ResourceSample::windowMillis)
        .doubles(SampleFigures::cpuCores)
        .longs(SampleFigures::coreMicros)
        .doublesOrNull(ResourceSample::cpuLimitCores)
        .longs(ResourceSample::memoryBytes)
        .longsOrNull(ResourceSample::memoryLimitBytes)
        .longs(ResourceSample::pids)
        .longs(ResourceSample::networkRxBytes)
        .longs(ResourceSample::networkTxBytes)
        .longs(ResourceSample::blockReadBytes)
        .longs(ResourceSample::blockWriteBytes)
        .ints(SampleFigures::cpuSlot)
        .ints(SampleFigures::memorySlot)
        .arguments();
  }
}
