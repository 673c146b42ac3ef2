package dev.catnap.metrics;

import dev.catnap.metrics.fold.jdbc.Retention;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.time.Instant;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of metrics-aggregator.
 *
 * @param postgres where the tables are
 * @param batchSize records folded in one transaction at most, 1 to 10000
 * @param readers how many read the log and fold at the same time, 1 to 16; more than there are
 *     partitions have nothing to do
 * @param rawRetention how long single samples and activities are kept, 1 to 366 days; what comes
 *     later for a day (UTC) whose details are deleted is left out and counted
 * @param minuteRetention how long sums by the minute are kept, 1 day to 10 years, at least as long
 *     as {@code raw-retention}
 * @param hourRetention how long sums by the hour are kept, 1 day to 20 years, at least as long as
 *     {@code minute-retention}
 * @param dayRetention how long sums by the day are kept, 1 day to 100 years, at least as long as
 *     {@code hour-retention}
 * @param retentionCheck how often what is out of date is looked for, 1 minute to 1 day
 * @param stream of what happens
 * @param recommendation and what is applied of them
 */
@Validated
@ConfigurationProperties("catnap.metrics-aggregator")
public record MetricsSettings(
    @Valid @NotNull Postgres postgres,
    @DefaultValue("2000") @Min(1) @Max(10_000) int batchSize,
    @DefaultValue("2") @Min(1) @Max(16) int readers,
    @DefaultValue("7d") @DurationMin(days = 1) @DurationMax(days = 366) Duration rawRetention,
    @DefaultValue("35d") @DurationMin(days = 1) @DurationMax(days = 3_660) Duration minuteRetention,
    @DefaultValue("400d") @DurationMin(days = 1) @DurationMax(days = 7_320) Duration hourRetention,
    @DefaultValue("3660d") @DurationMin(days = 1) @DurationMax(days = 36_600) Duration dayRetention,
    @DefaultValue("1h") @DurationMin(minutes = 1) @DurationMax(days = 1) Duration retentionCheck,
    @Valid @DefaultValue Stream stream,
    @Valid @DefaultValue Recommendation recommendation) {
  /** A coarser level is computed from the finer one, so it must not go first. */
  @AssertTrue(message = "each level must be kept at least as long as the finer one")
  public boolean isCoarserKeptLonger() {
    return minuteRetention.compareTo(rawRetention) >= 0
        && hourRetention.compareTo(minuteRetention) >= 0
        && dayRetention.compareTo(hourRetention) >= 0;
  }

  /** The shortest steps of which there are sums since {@code from}: a minute, an hour, or a day. */
  public Duration finestSums(Instant from, Instant now) {
    if (from.isAfter(now.minus(minuteRetention))) {
      return Duration.ofMinutes(1);
    }
    return from.isAfter(now.minus(hourRetention)) ? Duration.ofHours(1) : Duration.ofDays(1);
  }

  /** How long each level is kept. */
  public Retention.Kept kept() {
    return new Retention.Kept(rawRetention, minuteRetention, hourRetention, dayRetention);
  }

  /**
   * @param clients who may listen at the same time, 1 to 10000
   * @param queue events that may wait for one of them before it is let go, 16 to 100000
   * @param heartbeat a comment is sent when nothing else was for this long, 1 s to 5 min
   */
  public record Stream(
      @DefaultValue("100") @Min(1) @Max(10_000) int clients,
      @DefaultValue("1000") @Min(16) @Max(100_000) int queue,
      @DefaultValue("15s") @DurationMin(seconds = 1) @DurationMax(minutes = 5)
          Duration heartbeat) {}

  /**
   * @param cpuHour what a core costs an hour, at least 0; to say what a recommendation is worth
   * @param memoryGbHour what a GB of memory costs an hour, at least 0
   * @param watch how long an applied one is watched, and undone if an OOM kill or a slow wake
   *     follows, 1 minute to 30 days
   * @param watchCheck how often it is looked, 1 s to 1 h
   * @param slowWake a wake that takes longer than this, and twice as long as the slowest of the
   *     week before, is slow, 10 ms to 10 min
   */
  public record Recommendation(
      @DefaultValue("0.05") @DecimalMin("0") double cpuHour,
      @DefaultValue("0.01") @DecimalMin("0") double memoryGbHour,
      @DefaultValue("24h") @DurationMin(minutes = 1) @DurationMax(days = 30) Duration watch,
      @DefaultValue("5s") @DurationMin(seconds = 1) @DurationMax(hours = 1) Duration watchCheck,
      @DefaultValue("1s") @DurationMin(millis = 10) @DurationMax(minutes = 10) Duration slowWake) {}

  /**
   * @param url default {@code catnap.postgres.url}, else {@code
   *     jdbc:postgresql://localhost:5432/catnap}
   * @param user default {@code catnap.postgres.user}, else {@code catnap}
   * @param password default {@code catnap.postgres.password}, else {@code catnap}
   * @param schema which this service has to itself
   * @param connections at most, 2 to 50
   * @param connectTimeout how long a request waits for a connection, 0.25 to 30 s
   * @param statementTimeout after which one statement is given up, 1 to 600 s
   */
  public record Postgres(
      @NotBlank String url,
      @NotNull String user,
      @NotNull String password,
      @DefaultValue("metrics") @NotBlank String schema,
      @DefaultValue("5") @Min(2) @Max(50) int connections,
      @DefaultValue("2s") @DurationMin(millis = 250) @DurationMax(seconds = 30)
          Duration connectTimeout,
      @DefaultValue("30s") @DurationMin(seconds = 1) @DurationMax(seconds = 600)
          Duration statementTimeout) {
    /** Without the password. */
    @Override
    public String toString() {
      return url + " as " + user + ", schema " + schema;
    }
  }
}
