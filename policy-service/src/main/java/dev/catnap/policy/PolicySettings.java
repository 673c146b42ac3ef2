package dev.catnap.policy;

import dev.catnap.policy.rules.Limits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the policy service, below {@code catnap.policy-service}.
 *
 * @param applicationId name of the Streams application: consumer group and prefix of its topics;
 *     default {@code catnap-policy-service}
 * @param instanceId names this instance among several, so that a quick restart takes its partitions
 *     back without waiting for the session to end; default: host name and port, none where the port
 *     is chosen freely
 * @param stateDirectory scratch space of Streams; may be deleted at any time; default in the
 *     temporary directory
 * @param tick how often to look for what is due, 100 ms to 10 s; default 250 ms
 * @param commitInterval how often positions and state are committed, 100 ms to 60 s; default 1 s
 * @param streamThreads threads that decide, 1 to 64; default 1
 * @param standbyReplicas copies of the state on other instances, 0 to 3; default 0
 * @param sessionTimeout an instance that was silent for so long has lost its partitions to the
 *     others, 500 ms to 60 s; not below the broker's {@code group.min.session.timeout.ms}; default
 *     6 s
 * @param advertise {@code host:port} where the other instances reach this one, which they ask about
 *     the services of its partitions; default: the address and port it listens on
 * @param servicesFile definitions to read and follow; default: none
 * @param servicesFileCheck how often to look whether the file changed, 100 ms to 10 min; default 2
 *     s
 * @param inFlightReportAge a report of open requests older than this no longer counts; default 1 h
 * @param sampleAge a resource sample older than this says nothing; default 60 s
 * @param networkBytesPerSecond traffic above which a service is busy; default 1024
 * @param clockSkew how far clocks of hosts may be apart, 0 to 60 s; default 2 s
 * @param firstRetry pause before an unanswered command is repeated, doubling each time; default 5 s
 * @param longestRetry what that pause grows to; default 60 s
 * @param automaticAttempts how often an automatic command is given at one place, 1 to 100, before
 *     it is repeated only every ten {@code longestRetry}; default 5
 * @param publishWithin how long a request waits for the broker and for its own writing to be
 *     readable; default 5 s
 */
@Validated
@ConfigurationProperties("catnap.policy-service")
public record PolicySettings(
    @DefaultValue("catnap-policy-service") @NotBlank String applicationId,
    @Nullable String instanceId,
    Path stateDirectory,
    @DefaultValue("250ms") @DurationMin(millis = 100) @DurationMax(seconds = 10) Duration tick,
    @DefaultValue("1s") @DurationMin(millis = 100) @DurationMax(seconds = 60)
        Duration commitInterval,
    @DefaultValue("1") @Min(1) @Max(64) int streamThreads,
    @DefaultValue("0") @Min(0) @Max(3) int standbyReplicas,
    @DefaultValue("6s") @DurationMin(millis = 500) @DurationMax(seconds = 60)
        Duration sessionTimeout,
    @Nullable @Pattern(regexp = "[^:/]+:[0-9]{1,5}", message = "must be host:port")
        String advertise,
    @Nullable Path servicesFile,
    @DefaultValue("2s") @DurationMin(millis = 100) @DurationMax(minutes = 10)
        Duration servicesFileCheck,
    @DefaultValue("1h") @DurationMin(millis = 1) Duration inFlightReportAge,
    @DefaultValue("60s") @DurationMin(millis = 1) Duration sampleAge,
    @DefaultValue("1024") @PositiveOrZero double networkBytesPerSecond,
    @DefaultValue("2s") @DurationMin @DurationMax(seconds = 60) Duration clockSkew,
    @DefaultValue("5s") @DurationMin(millis = 100) Duration firstRetry,
    @DefaultValue("60s") @DurationMin(millis = 100) Duration longestRetry,
    @DefaultValue("5") @Positive @Max(100) int automaticAttempts,
    @DefaultValue("5s") @DurationMin(millis = 100) @DurationMax(seconds = 60)
        Duration publishWithin) {

  /** The bounds that the core takes. */
  public Limits limits() {
    return new Limits(
        inFlightReportAge,
        sampleAge,
        networkBytesPerSecond,
        clockSkew,
        firstRetry,
        longestRetry,
        automaticAttempts,
        Limits.DEFAULT.failedWakePause(),
        Limits.DEFAULT.recheck());
  }
}
