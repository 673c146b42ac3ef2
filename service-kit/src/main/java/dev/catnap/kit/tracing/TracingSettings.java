package dev.catnap.kit.tracing;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where traces are sent.
 *
 * @param endpoint of a collector that takes OTLP over HTTP, with its path, such as {@code
 *     http://localhost:4318/v1/traces}; absent: nothing is traced
 * @param share of the traces that begin here which are kept, 0 to 1; where the gateway sends a
 *     {@code traceparent}, its flag decides
 * @param headers sent along, such as a key
 * @param sendEvery how long steps gather before they are sent, 100 ms to 1 min
 * @param timeout of one send, and of the last one at the end, 100 ms to 30 s
 */
@Validated
@ConfigurationProperties("catnap.tracing")
public record TracingSettings(
    @Nullable @Pattern(regexp = "https?://.+", message = "must begin with http:// or https://")
        String endpoint,
    @DefaultValue("1.0") @DecimalMin("0") @DecimalMax("1") double share,
    @DefaultValue Map<String, String> headers,
    @DefaultValue("1s") @DurationMin(millis = 100) @DurationMax(seconds = 60) Duration sendEvery,
    @DefaultValue("3s") @DurationMin(millis = 100) @DurationMax(seconds = 30) Duration timeout) {}
