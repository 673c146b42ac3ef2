package dev.catnap.metrics.fold;

import dev.catnap.events.Activity;
import dev.catnap.events.InvalidFieldException;
import dev.catnap.events.ResourceSample;
import dev.catnap.events.StateChange;
import dev.catnap.events.WakeStages;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the tables can hold, beyond what the contract asks. The bounds are far beyond anything real;
 * they keep one absurd record from making a sum overflow, or a batch fail again and again.
 *
 * <pre>
 * times            1970-01-01 up to the year 9999
 * a text           no NUL character
 * windowMillis     at most 31 days
 * cores            at most 1 million
 * bytes, pids      at most 2^53 (9 PB)
 * </pre>
 */
public final class Storable {
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");
  private static final long LONGEST_WINDOW_MILLIS = Duration.ofDays(31).toMillis();
  private static final double MOST_CORES = 1e6;
  private static final long MOST = 1L << 53;

  private Storable() {}

  /**
   * @throws InvalidFieldException naming the field and the bound
   */
  public static void check(StateChange change) {
    text("id", change.id());
    text("container", change.container());
    text("host", change.host());
    text("commandId", change.commandId());
    text("causedBy", change.causedBy());
    text("failure", change.failure());
    time("at", change.at());
    atMost("tookMillis", MOST, change.tookMillis());
    atMost("residentBytes", MOST, change.residentBytes());
    WakeStages stages = change.stages();
    if (stages != null) {
      time("stages.requestedAt", stages.requestedAt());
      time("stages.decidedAt", stages.decidedAt());
      time("stages.receivedAt", stages.receivedAt());
      time("stages.engineAt", stages.engineAt());
      time("stages.readyAt", stages.readyAt());
    }
  }

  /** As {@link #check(StateChange)}. */
  public static void check(ResourceSample sample) {
    text("container", sample.container());
    text("host", sample.host());
    time("at", sample.at());
    atMost("windowMillis", LONGEST_WINDOW_MILLIS, sample.windowMillis());
    cores("cpuCores", sample.cpuCores());
    cores("cpuLimitCores", sample.cpuLimitCores());
    atMost("memoryBytes", MOST, sample.memoryBytes());
    atMost("memoryLimitBytes", MOST, sample.memoryLimitBytes());
    atMost("pids", MOST, sample.pids());
    atMost("networkRxBytes", MOST, sample.networkRxBytes());
    atMost("networkTxBytes", MOST, sample.networkTxBytes());
    atMost("blockReadBytes", MOST, sample.blockReadBytes());
    atMost("blockWriteBytes", MOST, sample.blockWriteBytes());
  }

  /** As {@link #check(StateChange)}. */
  public static void check(Activity activity) {
    text("id", activity.id());
    time("at", activity.at());
  }

  private static void text(String field, @Nullable String value) {
    if (value != null && value.indexOf('\0') >= 0) {
      throw new InvalidFieldException(
          field, "must not have a NUL character", value.replace('\0', '?'));
    }
  }

  private static void time(String field, @Nullable Instant at) {
    if (at != null && (at.isBefore(Instant.EPOCH) || at.isAfter(LAST))) {
      throw new InvalidFieldException(field, "must lie between 1970 and 9999", at);
    }
  }

  private static void atMost(String field, long most, @Nullable Long value) {
    if (value != null && value > most) {
      throw new InvalidFieldException(field, "must be at most " + most, value);
    }
  }

  private static void cores(String field, @Nullable Double value) {
    if (value != null && value > MOST_CORES) {
      throw new InvalidFieldException(field, "must be at most " + MOST_CORES, value);
    }
  }
}
