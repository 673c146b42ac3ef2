package dev.catnap.metrics.history;

/**
 * How often a service, or all of them, slept and stopped, and how long its containers were in each
 * state within a window. Two containers seen for an hour make two hours.
 *
 * @param sleeps times a container went to sleep; one that was found asleep does not count
 * @param stops times a container was stopped, likewise
 * @param secondsInTransition falling asleep or waking
 */
public record StateTimes(
    long containers,
    long sleeps,
    long stops,
    double secondsRunning,
    double secondsSleeping,
    double secondsStopped,
    double secondsInTransition,
    double secondsFailed,
    double secondsUnknown) {
  public static final StateTimes NONE = new StateTimes(0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** The time observed: the sum over all states. */
  public double secondsObserved() {
    return secondsRunning
        + secondsSleeping
        + secondsStopped
        + secondsInTransition
        + secondsFailed
        + secondsUnknown;
  }

  public StateTimes plus(StateTimes other) {
    return new StateTimes(
        containers + other.containers,
        sleeps + other.sleeps,
        stops + other.stops,
        secondsRunning + other.secondsRunning,
        secondsSleeping + other.secondsSleeping,
        secondsStopped + other.secondsStopped,
        secondsInTransition + other.secondsInTransition,
        secondsFailed + other.secondsFailed,
        secondsUnknown + other.secondsUnknown);
  }
}
