package dev.catnap.metrics.usage.jdbc;

import dev.catnap.events.ResourceSample;
import dev.catnap.metrics.storage.jdbc.BinaryCopy;
import dev.catnap.metrics.usage.SampleFigures;

/** Samples as rows of {@code resource_sample}. */
final class SampleCopy {
  private static final int COLUMNS = 17;

  private final BinaryCopy rows = new BinaryCopy();

  void add(ResourceSample sample) {
    rows.row(COLUMNS)
        .text(sample.service())
        .text(sample.container())
        .instant(sample.at())
        .text(sample.host())
        .bigint(sample.windowMillis())
        .number(SampleFigures.cpuCores(sample))
        .bigint(SampleFigures.coreMicros(sample))
        .numberOrNull(sample.cpuLimitCores())
        .bigint(sample.memoryBytes())
        .bigintOrNull(sample.memoryLimitBytes())
        .bigint(sample.pids())
        .bigint(sample.networkRxBytes())
        .bigint(sample.networkTxBytes())
        .bigint(sample.blockReadBytes())
        .bigint(sample.blockWriteBytes())
        .smallint(SampleFigures.cpuSlot(sample))
        .smallint(SampleFigures.memorySlot(sample));
  }

  BinaryCopy rows() {
    return rows;
  }
}
