package dev.catnap.metrics.history;

import dev.catnap.events.RunState;
import dev.catnap.events.WakeStages;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A wake of one container that came to its end, well or not.
 *
 * @param changeId the change that ended it; with service and container its natural key
 * @param wokenFrom the state before it was waking
 * @param succeeded false when it ended in {@code FAILED}
 * @param askedAt when the record was seen that asked for it; null where nothing tells
 * @param endedAt when it was running, or had failed
 */
public record Wake(
    String service,
    String container,
    String changeId,
    RunState wokenFrom,
    boolean succeeded,
    @Nullable Instant askedAt,
    WakeStages stages,
    Instant endedAt) {
  /**
   * From the record that asked to the state change that fulfilled it; never the time slept. Null
   * where unknown, which includes clocks of two hosts that disagree so far that it would be
   * negative.
   */
  public @Nullable Duration latency() {
    return between(askedAt, endedAt);
  }

  /** Request seen to wake decided; null where unknown, as the other stages. */
  public @Nullable Duration decided() {
    return between(stages.requestedAt(), stages.decidedAt());
  }

  /** Wake decided to command received. */
  public @Nullable Duration received() {
    return between(stages.decidedAt(), stages.receivedAt());
  }

  /** Command received to carried out by the engine. */
  public @Nullable Duration engine() {
    return between(stages.receivedAt(), stages.engineAt());
  }

  /** Carried out by the engine to the service answering. */
  public @Nullable Duration ready() {
    return between(stages.engineAt(), stages.readyAt());
  }

  private static @Nullable Duration between(@Nullable Instant start, @Nullable Instant end) {
    return start == null || end == null || end.isBefore(start)
        ? null
        : Duration.between(start, end);
  }
}
