package dev.catnap.metrics.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A part of the log, or all of it, folded once more.
 *
 * @param from of a backfill: events from then on; null otherwise
 * @param to events before then; null: up to the end of the log
 * @param service only its events; null: all
 * @param startedAt null while it waits
 * @param progress how far it is
 * @param counts by table, at the end: rows before and after
 * @param failure why it failed
 */
public record Replay(
    UUID id,
    Kind kind,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable String service,
    State state,
    Instant askedAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    Progress progress,
    @Nullable Map<String, Counts> counts,
    @Nullable String failure) {
  /** What is done with what was read. */
  public enum Kind {
    /** All tables are built anew beside the old ones and replace them at the end. */
    REBUILD,
    /** What is missing is added to the tables that are there. */
    BACKFILL
  }

  /** Interrupted and failed ones can be resumed. */
  public enum State {
    WAITING,
    RUNNING,
    INTERRUPTED,
    FAILED,
    DONE
  }

  /** Rows of a table. */
  public record Counts(long before, long after) {}

  /**
   * @param read records read, all runs together
   * @param total records to be read
   * @param resumedAt since when it runs this time; null before it ran
   * @param resumedRead how many it had read before this time
   */
  public record Progress(long read, long total, @Nullable Instant resumedAt, long resumedRead) {
    /** Records a second since it was resumed last; null before there are any. */
    public @Nullable Double rate(Instant now) {
      if (resumedAt == null || read <= resumedRead) {
        return null;
      }
      double seconds = Math.max(0.001, Duration.between(resumedAt, now).toMillis() / 1_000.0);
      return (read - resumedRead) / seconds;
    }

    /** Until all is read at that rate; null while there is none. */
    public @Nullable Duration left(Instant now) {
      Double rate = rate(now);
      return rate == null
          ? null
          : Duration.ofMillis(Math.round(Math.max(0, total - read) / rate * 1_000));
    }
  }

  public boolean isOver() {
    return state == State.DONE || state == State.FAILED || state == State.INTERRUPTED;
  }
}
