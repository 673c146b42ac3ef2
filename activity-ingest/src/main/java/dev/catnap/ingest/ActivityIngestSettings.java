package dev.catnap.ingest;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** Settings of activity-ingest. Durations as {@code 500ms}, {@code 10s}, {@code 5m}. */
@Validated
@ConfigurationProperties("catnap.activity-ingest")
public record ActivityIngestSettings(
    @DefaultValue @Valid Activity activity, @DefaultValue @Valid Gate gate) {
  /**
   * What {@code POST /activity} takes.
   *
   * @param maxBodyBytes of one delivery, 1 KiB to 16 MiB; more is answered 413
   * @param maxBatchEvents in one delivery, 1 to 1,000,000; more is answered 413
   * @param maxAhead how far in the future {@code at} may be, 0 to 1 h
   * @param maxAge how old {@code at} may be, 1 min to 30 d
   * @param maxBytesInFlight of all bodies under way at once, at least {@code maxBodyBytes}; beyond
   *     it 503
   * @param maxEventsInFlight under way at once, at least {@code maxBatchEvents}; beyond it 503
   */
  public record Activity(
      @DefaultValue("1048576") @Min(1024) @Max(16 << 20) int maxBodyBytes,
      @DefaultValue("10000") @Min(1) @Max(1_000_000) int maxBatchEvents,
      @DefaultValue("5m") @DurationMin @DurationMax(hours = 1) Duration maxAhead,
      @DefaultValue("7d") @DurationMin(minutes = 1) @DurationMax(days = 30) Duration maxAge,
      @DefaultValue("16777216") @Min(1024) long maxBytesInFlight,
      @DefaultValue("50000") @Min(1) long maxEventsInFlight) {
    public Activity {
      if (maxBytesInFlight <= maxBodyBytes) {
        throw new IllegalArgumentException(
            "max-bytes-in-flight must be more than max-body-bytes "
                + maxBodyBytes
                + ", but it is "
                + maxBytesInFlight);
      }
      if (maxEventsInFlight < maxBatchEvents) {
        throw new IllegalArgumentException(
            "max-events-in-flight must be at least max-batch-events "
                + maxBatchEvents
                + ", but it is "
                + maxEventsInFlight);
      }
    }
  }

  /**
   * How the gate holds and reports.
   *
   * @param defaultTimeout how long a request is held when it does not say, 0 to {@code maxTimeout};
   *     less than the 60 s after which gateways give up by themselves
   * @param maxTimeout what longer timeouts are cut to, 1 s to 1 h
   * @param brokerGrace how long the broker may be away before requests to sleepers are refused at
   *     once, 0 to 1 min
   * @param maxHeldPerService requests held for one service, 1 to 100,000; beyond it 503
   * @param maxHeld requests held in total, 1 to 1,000,000; beyond it 503
   * @param reportEvery how often the requests that passed are reported in one record a service, 50
   *     ms to 1 min; the first after a pause as long is reported at once
   * @param holdReportAfter how soon after a report a request that is held causes another, 0 to 10 s
   * @param pageAfter how long a browser is held with {@code mode=page} before it is shown the
   *     waiting page, 0 to 10 s; longer than a paused service takes
   * @param askAgainEvery how often is repeated that a service is waited for, 0.5 s to 1 min
   */
  public record Gate(
      @DefaultValue("50s") @DurationMin Duration defaultTimeout,
      @DefaultValue("120s") @DurationMin(seconds = 1) @DurationMax(hours = 1) Duration maxTimeout,
      @DefaultValue("5s") @DurationMin @DurationMax(minutes = 1) Duration brokerGrace,
      @DefaultValue("1000") @Min(1) @Max(100_000) int maxHeldPerService,
      @DefaultValue("10000") @Min(1) @Max(1_000_000) int maxHeld,
      @DefaultValue("500ms") @DurationMin(millis = 50) @DurationMax(minutes = 1)
          Duration reportEvery,
      @DefaultValue("100ms") @DurationMin @DurationMax(seconds = 10) Duration holdReportAfter,
      @DefaultValue("250ms") @DurationMin @DurationMax(seconds = 10) Duration pageAfter,
      @DefaultValue("500ms") @DurationMin(millis = 500) @DurationMax(minutes = 1)
          Duration askAgainEvery) {
    public Gate {
      if (defaultTimeout.compareTo(maxTimeout) > 0) {
        throw new IllegalArgumentException(
            "default-timeout must be at most max-timeout "
                + maxTimeout.toMillis()
                + " ms, but it is "
                + defaultTimeout.toMillis()
                + " ms");
      }
    }
  }
}
