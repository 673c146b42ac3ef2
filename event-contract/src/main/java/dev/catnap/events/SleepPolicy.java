package dev.catnap.events;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a service may sleep.
 *
 * @param enabled false: never put to sleep automatically
 * @param idleTimeout without activity this long: asleep; more than 0
 * @param minSleepTime no sleep within this of the last activity; once asleep, only demand wakes it
 *     earlier; where not given, 2 minutes or the idle timeout if that is shorter
 * @param memoryReservation bytes that the memory of a sleeper is reclaimed down to
 * @param maxLoad share of its CPU limit above which it is busy, whatever the gateway saw
 * @param stopAfter asleep this long: stopped; null: never
 * @param schedule windows in which it is kept awake, such as {@code Mon-Fri 07:30-20:30
 *     Europe/Berlin}
 */
public record SleepPolicy(
    boolean enabled,
    Duration idleTimeout,
    Duration minSleepTime,
    @Nullable Long memoryReservation,
    Priority priority,
    double maxLoad,
    @Nullable Duration stopAfter,
    List<String> schedule) {
  public static final SleepPolicy DEFAULT =
      new SleepPolicy(
          true,
          Duration.ofMinutes(10),
          Duration.ofMinutes(2),
          null,
          Priority.NORMAL,
          0.1,
          null,
          List.of());

  public SleepPolicy {
    positive("sleep_policy.idle_timeout", idleTimeout);
    if (minSleepTime.isNegative()) {
      throw new InvalidFieldException(
          "sleep_policy.min_sleep_time", "must not be negative", minSleepTime);
    }
    if (memoryReservation != null) {
      Check.atLeast("sleep_policy.memory_reservation", 0, memoryReservation);
    }
    Check.present("sleep_policy.priority", priority);
    Check.notNegative("sleep_policy.max_load", maxLoad);
    if (stopAfter != null) {
      positive("sleep_policy.stop_after", stopAfter);
    }
    schedule = List.copyOf(schedule);
  }

  private static void positive(String field, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new InvalidFieldException(field, "must be longer than 0", duration);
    }
  }
}
