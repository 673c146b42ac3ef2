package dev.catnap.allinone.up;

import dev.catnap.actuator.ContainerActuatorConfiguration;
import dev.catnap.allinone.host.OutsideServers.Database;
import dev.catnap.cost.CostServiceConfiguration;
import dev.catnap.ingest.ActivityIngestConfiguration;
import dev.catnap.metrics.MetricsAggregatorConfiguration;
import dev.catnap.policy.PolicyServiceConfiguration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.health.DataSourceHealthContributorAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/**
 * The five services in one Spring context on one port.
 *
 * <p>A context each would cost 17 MB and a second more. Nothing collides because each service's
 * settings, groups and schema bear its own name; what Spring Boot would make once for all of them
 * (a data source, a migration, a Streams application) is left to each service to make for itself.
 */
@SpringBootConfiguration
@EnableAutoConfiguration(
    exclude = {
      DataSourceAutoConfiguration.class,
      DataSourceTransactionManagerAutoConfiguration.class,
      DataSourceHealthContributorAutoConfiguration.class,
      JdbcTemplateAutoConfiguration.class,
      JdbcClientAutoConfiguration.class,
      FlywayAutoConfiguration.class,
      HibernateJpaAutoConfiguration.class,
      DataJpaRepositoriesAutoConfiguration.class
    })
@Import({
  ActivityIngestConfiguration.class,
  PolicyServiceConfiguration.class,
  ContainerActuatorConfiguration.class,
  MetricsAggregatorConfiguration.class,
  CostServiceConfiguration.class
})
class Parts {
  static ConfigurableApplicationContext start(RunPlan plan, Backends backends) {
    SpringApplication application = new SpringApplication(Parts.class);
    // The process stops in its own order; a hook of Spring's would run beside it.
    application.setRegisterShutdownHook(false);
    application.setDefaultProperties(defaults(plan));
    return application.run(
        given(plan, backends).entrySet().stream()
            .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
            .toArray(String[]::new));
  }

  /** What the environment may say otherwise. */
  private static Map<String, Object> defaults(RunPlan plan) {
    // One broker and one process share nothing out, and each partition costs memory and time.
    return plan.kafka() == null ? Map.of("catnap.kafka.partitions", 1) : Map.of();
  }

  /** What the plan decided. */
  private static Map<String, Object> given(RunPlan plan, Backends backends) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("logging.config", LogFile.CONFIGURATION);
    settings.put("spring.application.name", "catnap");
    settings.put("catnap.bind", plan.bind());
    settings.put("catnap.port", plan.port());
    settings.put("catnap.kafka.bootstrap-servers", backends.bootstrapServers());
    putDatabase(settings, backends.database());
    settings.put("catnap.policy-service.state-directory", plan.data().resolve("policy"));
    if (plan.services() != null) {
      settings.put("catnap.policy-service.services-file", plan.services());
    }
    settings.put("catnap.container-actuator.runtime", plan.runtime());
    settings.put("catnap.container-actuator.process-directory", plan.data().resolve("processes"));
    if (plan.dockerHost() != null) {
      settings.put("catnap.container-actuator.docker-host", plan.dockerHost());
    }
    settings.putAll(plan.settings());
    return settings;
  }

  private static void putDatabase(Map<String, Object> settings, Database database) {
    settings.put("catnap.postgres.url", database.url());
    if (database.user() != null) {
      settings.put("catnap.postgres.user", database.user());
    }
    if (database.password() != null) {
      settings.put("catnap.postgres.password", database.password());
    }
  }
}
