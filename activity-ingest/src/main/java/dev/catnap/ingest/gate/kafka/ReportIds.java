package dev.catnap.ingest.gate.kafka;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Ids unlike any other's: one random number a process, and a count. */
public final class ReportIds implements Supplier<String> {
  private final String prefix = "gate-" + UUID.randomUUID() + "-";
  private final AtomicLong count = new AtomicLong();

  @Override
  public String get() {
    return prefix + count.incrementAndGet();
  }
}
