package dev.catnap.metrics.usage.jdbc;

import dev.catnap.events.ResourceSample;
import dev.catnap.metrics.storage.jdbc.LooseDays;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Samples of the whole log, taken in as {@link UsageStore} would, but much faster: copied into a
 * table a day that has no key and is not part of {@code resource_sample} yet. Each day is put in
 * order once at the end. Several days may be put in order at a time. To be called within a
 * transaction.
 */
public final class LooseSamples {
  private static final String KEY = "service, container, at, host";

  private static final String MEMORY =
      "SET LOCAL work_mem = '64MB'; SET LOCAL maintenance_work_mem = '64MB'";

  /** Of those with one key the smallest stays, as {@link UsageStore} has it. */
  private static final String DROP_COPIES =
      """
      DELETE FROM %1$s s USING (
        SELECT ctid AS place, row_number() OVER (PARTITION BY %2$s
          ORDER BY window_millis, cpu_cores, memory_bytes, coalesce(cpu_limit_cores, -1),
            coalesce(memory_limit_bytes, -1), pids, network_rx_bytes, network_tx_bytes,
            block_read_bytes, block_write_bytes) AS copy
        FROM %1$s WHERE (%2$s) IN (
          SELECT %2$s FROM %1$s GROUP BY %2$s HAVING count(*) > 1)) d
      WHERE s.ctid = d.place AND d.copy > 1
      """;

  /** An index has no room for a key of more bytes, unless they can be packed. */
  private static final int SURE_TO_FIT = 600;

  private final JdbcTemplate jdbc;
  private final LooseDays days;

  public LooseSamples(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
    this.days = new LooseDays(jdbc, "resource_sample");
  }

  /**
   * Takes samples in, of days that are open, known ones too.
   *
   * @throws org.springframework.dao.DataAccessException when a key is too long, as it would be told
   *     by the keys that are made at the end
   */
  public void keep(Collection<ResourceSample> samples) {
    requireRoom(samples.stream().filter(sample -> !isSureToFit(sample)).toList());
    Map<LocalDate, SampleCopy> copies = new HashMap<>();
    for (ResourceSample sample : samples) {
      LocalDate day = LocalDate.ofInstant(sample.at(), ZoneOffset.UTC);
      copies.computeIfAbsent(day, any -> new SampleCopy()).add(sample);
    }
    copies.forEach((day, copy) -> copy.rows().into(jdbc, days.table(day)));
  }

  private static boolean isSureToFit(ResourceSample sample) {
    int characters =
        sample.service().length() + sample.container().length() + sample.host().length();
    return characters <= SURE_TO_FIT;
  }

  private void requireRoom(List<ResourceSample> samples) {
    if (samples.isEmpty()) {
      return;
    }
    jdbc.execute(
        "CREATE TEMP TABLE sample_in_question (LIKE resource_sample INCLUDING INDEXES)"
            + " ON COMMIT DROP");
    for (ResourceSample sample : samples) {
      SampleCopy alone = new SampleCopy();
      alone.add(sample);
      boolean unused = alone.rows().intoUnlessThere(jdbc, "sample_in_question");
    }
  }

  /** The days that are not part of {@code resource_sample} yet. */
  public LooseDays days() {
    return days;
  }

  /** Puts a day in order: of each key one row, which is found by it. */
  public void order(LocalDate day) {
    jdbc.execute(MEMORY);
    if (!days.makeKey(day, KEY)) {
      jdbc.execute(DROP_COPIES.formatted(days.table(day), KEY));
      if (!days.makeKey(day, KEY)) {
        throw new IllegalStateException(days.table(day) + " still has two rows of one key");
      }
    }
  }
}
