package dev.catnap.metrics;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
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
 * @param rawRetention how long single samples and activities are kept, 1 to 366 days; what comes
 *     later than that for a minute once deleted is left out and counted
 * @param retentionCheck how often what is out of date is looked for, 1 minute to 1 day
 */
@Validated
@ConfigurationProperties("catnap.metrics-aggregator")
public record MetricsSettings(
    @Valid @NotNull Postgres postgres,
    @DefaultValue("2000") @Min(1) @Max(10_000) int batchSize,
    @DefaultValue("7d") @DurationMin(days = 1) @DurationMax(days = 366) Duration rawRetention,
    @DefaultValue("1h") @DurationMin(minutes = 1) @DurationMax(days = 1) Duration retentionCheck) {
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
