package dev.catnap.cost;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of cost-service, {@code catnap.cost-service.*}.
 *
 * @param postgres where the tables are
 * @param batchSize records folded in one transaction at most, 1 to 10000
 * @param sampleRetention how long single samples are kept, 1 to 366 days; their sums by the hour
 *     stay for ever. A sample that comes for an hour already deleted is left out and counted
 * @param suiteInterval how often this process notes what it uses itself, 1 s to 1 h
 * @param budgetInterval how often budgets are looked at, 1 s to 1 h
 * @param ledger when it is booked and closed
 * @param hosts capacity by host, as events call it: what is idle of it is only known where it is
 *     set
 * @param focus who is named in the FOCUS export
 */
@Validated
@ConfigurationProperties("catnap.cost-service")
public record CostServiceSettings(
    @Valid @NotNull Postgres postgres,
    @DefaultValue("2000") @Min(1) @Max(10_000) int batchSize,
    @DefaultValue("35d") @DurationMin(days = 1) @DurationMax(days = 366) Duration sampleRetention,
    @DefaultValue("1m") @DurationMin(seconds = 1) @DurationMax(hours = 1) Duration suiteInterval,
    @DefaultValue("1m") @DurationMin(seconds = 1) @DurationMax(hours = 1) Duration budgetInterval,
    @DefaultValue @Valid @NotNull Ledger ledger,
    @DefaultValue Map<String, @Valid Host> hosts,
    @DefaultValue @Valid @NotNull Focus focus) {
  /**
   * What a host has.
   *
   * @param cores above 0, up to 100000
   * @param memory above 0
   */
  public record Host(
      @NotNull @DecimalMin(value = "0", inclusive = false) @DecimalMax("100000") BigDecimal cores,
      @NotNull DataSize memory) {}

  /**
   * @param interval how often what came is booked, 0.1 s to 1 h; what is not booked yet is priced
   *     when asked for
   * @param grace after the end of a month until it is closed, 0 to 366 days
   * @param quiet how long nothing of an earlier month has come before one is closed, 0 to 7 days
   */
  public record Ledger(
      @DefaultValue("10s") @DurationMin(millis = 100) @DurationMax(hours = 1) Duration interval,
      @DefaultValue("3d") @DurationMin @DurationMax(days = 366) Duration grace,
      @DefaultValue("1h") @DurationMin @DurationMax(days = 7) Duration quiet) {}

  /**
   * @param account that is billed, at most 512 characters
   * @param provider who makes the services available and issues the bill, at most 512 characters
   */
  public record Focus(
      @DefaultValue("catnap") @NotBlank String account,
      @DefaultValue("Catnap") @NotBlank String provider) {}

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
      @DefaultValue("cost") @NotBlank String schema,
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
