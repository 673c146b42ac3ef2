package dev.catnap.kit.tracing;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Why not Spring Boot's own auto-configuration of tracing? It makes a tracer, a sender's thread and
 * a span for each HTTP request as soon as its module is on the class path; here everything is off
 * until an endpoint is named, and then only wakes and sleeps are traced.
 */
@AutoConfiguration
@EnableConfigurationProperties(TracingSettings.class)
public class TracingConfiguration {
  @Bean(destroyMethod = "close")
  @ConditionalOnMissingBean
  Traces catnapTraces(TracingSettings settings, Environment environment) {
    String endpoint = settings.endpoint();
    return endpoint == null || endpoint.isBlank()
        ? Traces.OFF
        : new OtlpTraces(
            settings, endpoint, environment.getProperty("spring.application.name", "catnap"));
  }
}
