package dev.catnap.metrics;

import dev.catnap.kit.config.ServiceApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.health.DataSourceHealthContributorAutoConfiguration;
import org.springframework.context.annotation.Import;

/** Runs metrics-aggregator by itself. */
@SpringBootConfiguration
@EnableAutoConfiguration(
    exclude = {
      DataSourceAutoConfiguration.class,
      DataSourceHealthContributorAutoConfiguration.class,
      FlywayAutoConfiguration.class
    })
@Import(MetricsAggregatorConfiguration.class)
public class MetricsAggregatorApplication {
  private static final int PORT = 9004;

  public static void main(String[] args) {
    ServiceApplication.run(MetricsAggregatorApplication.class, "metrics-aggregator", PORT, args);
  }
}
