package dev.catnap.policy.rules;

import java.time.Duration;

/**
 * Bounds that hold for all services.
 *
 * @param inFlightReportAge a report of open requests older than this no longer counts
 * @param sampleAge a resource sample older than this says nothing, nor one older than three of its
 *     own windows where that is longer
 * @param networkBytesPerSecond more traffic than this is use, whatever the gateway saw
 * @param clockSkew how far clocks of hosts may be apart: demand this long before a sleep began
 *     still wakes when it is heard of after the sleep
 * @param firstRetry pause before a command is given again that nothing followed; doubles each time
 * @param longestRetry what that pause grows to
 * @param automaticAttempts how often an automatic sleep, stop or wake is commanded at one place
 *     before it is repeated only {@linkplain #rareRetry rarely}
 * @param failedWakePause least time between two wakes of a service that fails
 * @param recheck how soon to look again where no rule can say when it will change its mind
 */
public record Limits(
    Duration inFlightReportAge,
    Duration sampleAge,
    double networkBytesPerSecond,
    Duration clockSkew,
    Duration firstRetry,
    Duration longestRetry,
    int automaticAttempts,
    Duration failedWakePause,
    Duration recheck) {
  public static final Limits DEFAULT =
      new Limits(
          Duration.ofHours(1),
          Duration.ofSeconds(60),
          1024,
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(60),
          5,
          Duration.ofSeconds(1),
          Duration.ofSeconds(1));

  /** The pause once the attempts are used up: ten times the longest. */
  public Duration rareRetry() {
    return longestRetry.multipliedBy(10);
  }

  /** The pause after that many attempts, counted from 1. */
  public Duration retryAfter(int attempt) {
    Duration pause = firstRetry;
    for (int i = 1; i < attempt && pause.compareTo(longestRetry) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(longestRetry) > 0 ? longestRetry : pause;
  }
}
