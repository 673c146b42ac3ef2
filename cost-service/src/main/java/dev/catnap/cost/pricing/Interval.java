package dev.catnap.cost.pricing;

import dev.catnap.events.Check;
import dev.catnap.events.InvalidFieldException;
import dev.catnap.events.RunState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time of one container in which nothing that is priced changed.
 *
 * @param from inclusive, a whole number of microseconds
 * @param to exclusive, after {@code from}
 * @param reserved what is set aside for it, used or not
 * @param awake what it uses when it is awake
 * @param evidence how {@code awake} is known
 * @param asleepBytes memory that stays resident asleep, as measured; null: not measured
 * @param storage disk that is set aside or held; null: not known
 * @param traffic over the network, as measured
 */
public record Interval(
    String service,
    String container,
    String host,
    RunState state,
    Instant from,
    Instant to,
    Level reserved,
    Level awake,
    Evidence evidence,
    @Nullable Long asleepBytes,
    @Nullable Storage storage,
    Traffic traffic) {
  /** Without network. */
  public Interval(
      String service,
      String container,
      String host,
      RunState state,
      Instant from,
      Instant to,
      Level reserved,
      Level awake,
      Evidence evidence,
      @Nullable Long asleepBytes,
      @Nullable Storage storage) {
    this(
        service,
        container,
        host,
        state,
        from,
        to,
        reserved,
        awake,
        evidence,
        asleepBytes,
        storage,
        Traffic.NONE);
  }

  public Interval {
    if (!to.isAfter(from)) {
      throw new InvalidFieldException("to", "must be after from, " + from, to);
    }
    if (asleepBytes != null) {
      Check.atLeast("asleepBytes", 0, asleepBytes);
    }
  }

  /** Its length in whole microseconds. */
  public BigDecimal micros() {
    return BigDecimal.valueOf(Duration.between(from, to).toNanos() / 1000);
  }

  /**
   * What it would hold awake: the larger of reserved and used. A sleeper's resident memory is a
   * lower bound, since waking frees none; so no saving is ever negative.
   */
  public Level heldAwake() {
    Level held = reserved.max(awake);
    return state == RunState.SLEEPING && asleepBytes != null
        ? held.max(new Level(0, asleepBytes))
        : held;
  }
}
