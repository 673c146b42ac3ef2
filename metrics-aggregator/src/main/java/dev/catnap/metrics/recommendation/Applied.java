package dev.catnap.metrics.recommendation;

import dev.catnap.events.Resources;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A recommendation that was applied.
 *
 * @param at when; the definition that was published is of this time
 * @param watchedUntil after this it stays, whatever happens
 * @param reason why it was undone, or is not watched any more; null while it is, and where it stays
 * @param endedAt null while it is watched
 * @param before the limits that stood
 * @param after the limits that it set
 */
public record Applied(
    String id,
    String service,
    Instant at,
    Instant watchedUntil,
    Status status,
    @Nullable String reason,
    @Nullable Instant endedAt,
    Limits before,
    Limits after) {
  /** What became of it. On the wire in lower case. */
  public enum Status {
    /** It is looked whether an OOM kill or a slow wake follows. */
    WATCHED,
    /** Nothing followed. */
    KEPT,
    /** The former limits stand again. */
    UNDONE,
    /** Somebody defined the service anew meanwhile. */
    SUPERSEDED,
    /** The log did not take it; nothing was changed. */
    FAILED;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Null: no limit. */
  public record Limits(@Nullable Long memoryBytes, @Nullable Double cpuCores) {
    public static Limits of(Resources resources) {
      return new Limits(resources.memoryBytes(), resources.cpuCores());
    }

    public Resources in(Resources resources) {
      return resources.limited(memoryBytes, cpuCores);
    }
  }
}
