package dev.catnap.metrics.usage.jdbc;

import dev.catnap.events.ResourceSample;
import dev.catnap.metrics.storage.jdbc.BinaryCopy;
import dev.catnap.metrics.storage.jdbc.Columns;
import dev.catnap.metrics.storage.jdbc.Dirty.Mark;
import dev.catnap.metrics.storage.jdbc.Times;
import dev.catnap.metrics.usage.MinuteSums;
import dev.catnap.metrics.window.Bucket;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Sums of minutes whose samples have all come in one batch. Every minute that has samples has its
 * sums or is marked; so of one that has neither, the batch has all there are, and its sums need not
 * be asked of the database, which takes several times as long. To be called within a transaction
 * that has the services to itself.
 */
final class NewMinutes {
  /** Each looked up by its key: the limits keep the plan from turning into a scan of everything. */
  private static final String KNOWN =
      """
      SELECT k.service, k.container, k.bucket FROM (
        SELECT service, container, AT AS bucket
        FROM unnest(?::text[], ?::text[], ?::bigint[]) AS t (service, container, micros)) k
      CROSS JOIN LATERAL (
        (SELECT 1 FROM usage_minute u WHERE u.service = k.service AND u.container = k.container
          AND u.bucket = k.bucket LIMIT 1)
        UNION ALL (SELECT 1 FROM dirty d WHERE d.what = 'usage' AND d.service = k.service
          AND d.part = k.container AND d.bucket = k.bucket LIMIT 1)) known
      """
          .replace("AT AS", Columns.AT.formatted("micros") + " AS");

  private static final String TABLE =
      """
      usage_minute (service, container, bucket, samples, sampled_millis, cpu_core_micros,
        cpu_cores_max, memory_byte_millis, memory_bytes_max, memory_bytes_min,
        network_rx_bytes, network_tx_bytes, block_read_bytes, block_write_bytes, last_at,
        cpu_sketch, memory_sketch)
      """;
  private static final int COLUMNS = 17;

  private final JdbcTemplate jdbc;

  NewMinutes(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @param samples all of which are new, and in the tables
   * @return which of their minutes have their sums now; those of the others are to be computed
   */
  Set<Mark> sumUp(Collection<ResourceSample> samples) {
    Map<Mark, MinuteSums> minutes = new LinkedHashMap<>();
    for (ResourceSample sample : samples) {
      minutes.computeIfAbsent(minuteOf(sample), any -> new MinuteSums()).add(sample);
    }
    known(minutes.keySet()).forEach(minutes::remove);
    if (!minutes.isEmpty()) {
      BinaryCopy rows = new BinaryCopy();
      minutes.forEach((minute, sums) -> add(rows, minute, sums));
      rows.into(jdbc, TABLE);
    }
    return minutes.keySet();
  }

  static Mark minuteOf(ResourceSample sample) {
    return new Mark(sample.service(), sample.container(), Bucket.MINUTE.floor(sample.at()));
  }

  private Set<Mark> known(Collection<Mark> minutes) {
    return new HashSet<>(
        jdbc.query(
            KNOWN,
            (row, number) ->
                new Mark(row.getString(1), row.getString(2), Times.required(row, "bucket")),
            UsageRollups.keys(minutes)));
  }

  private static void add(BinaryCopy rows, Mark minute, MinuteSums sums) {
    rows.row(COLUMNS)
        .text(minute.service())
        .text(minute.part())
        .instant(minute.bucket())
        .bigint(sums.samples())
        .numeric(sums.sampledMillis().value())
        .numeric(sums.cpuCoreMicros().value())
        .number(sums.cpuCoresMax())
        .numeric(sums.memoryByteMillis().value())
        .bigint(sums.memoryBytesMax())
        .bigint(sums.memoryBytesMin())
        .numeric(sums.networkRxBytes().value())
        .numeric(sums.networkTxBytes().value())
        .numeric(sums.blockReadBytes().value())
        .numeric(sums.blockWriteBytes().value())
        .instant(sums.lastAt())
        .integers(sums.cpuSketch())
        .integers(sums.memorySketch());
  }
}
