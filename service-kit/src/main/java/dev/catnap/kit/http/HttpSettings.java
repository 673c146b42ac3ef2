package dev.catnap.kit.http;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param maxBodyBytes the largest body a request may have, at least 1 KiB
 */
@Validated
@ConfigurationProperties("catnap.http")
public record HttpSettings(@DefaultValue("16777216") @Min(1024) long maxBodyBytes) {}
