package dev.catnap.ingest.gate;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * A request that is held.
 *
 * @param verdict completed by the change that settles it
 */
public record Waiter(String service, Instant arrivedAt, CompletableFuture<Verdict> verdict) {
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
