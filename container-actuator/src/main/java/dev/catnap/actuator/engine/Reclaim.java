package dev.catnap.actuator.engine;

/**
 * What taking memory back from a sleeper did, as measured.
 *
 * @param beforeBytes all that was charged to it before, with file cache
 * @param afterBytes the same afterwards
 * @param complete false: it was abandoned on the way
 */
public record Reclaim(long beforeBytes, long afterBytes, boolean complete) {
  /** Never negative: what grew meanwhile was not freed. */
  public long freedBytes() {
    return Math.max(0, beforeBytes - afterBytes);
  }
}
