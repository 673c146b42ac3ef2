package dev.catnap.metrics;

import com.zaxxer.hikari.HikariDataSource;
import dev.catnap.kit.health.SystemPart;
import dev.catnap.metrics.fold.jdbc.Retention;
import dev.catnap.metrics.fold.kafka.FoldConfiguration;
import dev.catnap.metrics.fold.kafka.FoldLag;
import dev.catnap.metrics.fold.kafka.RetentionJob;
import dev.catnap.metrics.history.http.SleepWakeEndpoint;
import dev.catnap.metrics.history.jdbc.StateTimesQuery;
import dev.catnap.metrics.history.jdbc.WakeQuery;
import dev.catnap.metrics.imports.http.ImportsEndpoint;
import dev.catnap.metrics.performance.http.PerformanceEndpoint;
import dev.catnap.metrics.replay.http.ReplaysEndpoint;
import dev.catnap.metrics.replay.kafka.ReplayConfiguration;
import dev.catnap.metrics.storage.jdbc.DatabaseHealth;
import dev.catnap.metrics.storage.jdbc.MetricsDatabase;
import dev.catnap.metrics.trend.http.TrendsEndpoint;
import dev.catnap.metrics.trend.jdbc.TrendQuery;
import dev.catnap.metrics.usage.http.ResourcesEndpoint;
import dev.catnap.metrics.usage.jdbc.UsageQuery;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * All beans of metrics-aggregator. Its data source is no candidate for others' injection points,
 * and it uses no auto-configured one, so that it can share a context with services that have their
 * own.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MetricsSettings.class)
@Import({
  FoldConfiguration.class,
  ReplayConfiguration.class,
  ReplaysEndpoint.class,
  ImportsEndpoint.class,
  ResourcesEndpoint.class,
  SleepWakeEndpoint.class,
  PerformanceEndpoint.class,
  TrendsEndpoint.class
})
public class MetricsAggregatorConfiguration {
  @Bean(defaultCandidate = false)
  HikariDataSource metricsDataSource(MetricsSettings settings) {
    MetricsSettings.Postgres postgres = settings.postgres();
    HikariDataSource pool = new HikariDataSource();
    pool.setPoolName("metrics");
    pool.setJdbcUrl(postgres.url());
    pool.setUsername(postgres.user());
    pool.setPassword(postgres.password());
    pool.setSchema(postgres.schema());
    pool.setMaximumPoolSize(postgres.connections());
    pool.setMinimumIdle(1);
    pool.setConnectionTimeout(postgres.connectTimeout().toMillis());
    pool.setValidationTimeout(Math.min(1_000, postgres.connectTimeout().toMillis()));
    // Start without a database; Hikari would otherwise refuse to.
    pool.setInitializationFailTimeout(-1);
    pool.addDataSourceProperty("ApplicationName", "catnap-metrics-aggregator");
    pool.addDataSourceProperty("connectTimeout", "2");
    pool.addDataSourceProperty("tcpKeepAlive", "true");
    long socketTimeout = postgres.statementTimeout().plusSeconds(5).toSeconds();
    pool.addDataSourceProperty("socketTimeout", Long.toString(socketTimeout));
    return pool;
  }

  @Bean
  MetricsDatabase metricsDatabase(
      @Qualifier("metricsDataSource") HikariDataSource dataSource, MetricsSettings settings) {
    return new MetricsDatabase(
        dataSource, settings.postgres().schema(), settings.postgres().statementTimeout());
  }

  @Bean
  StateTimesQuery metricsStateTimesQuery(MetricsDatabase database) {
    return new StateTimesQuery(database);
  }

  @Bean
  WakeQuery metricsWakeQuery(MetricsDatabase database) {
    return new WakeQuery(database);
  }

  @Bean
  UsageQuery metricsUsageQuery(MetricsDatabase database) {
    return new UsageQuery(database);
  }

  @Bean
  TrendQuery metricsTrendQuery(MetricsDatabase database) {
    return new TrendQuery(database);
  }

  @Bean
  RetentionJob metricsRetention(
      MetricsDatabase database, FoldLag lag, Clock clock, MetricsSettings settings) {
    return new RetentionJob(
        new Retention(database), lag, clock, settings.kept(), settings.retentionCheck());
  }

  @Bean
  DatabaseHealth metricsDatabaseHealth(MetricsDatabase database) {
    return new DatabaseHealth(database);
  }

  @Bean
  SystemPart metricsDatabasePart(DatabaseHealth health) {
    return SystemPart.of(
        "database(metrics)",
        SystemPart.Kind.DATABASE,
        () -> {
          String problem = health.problem();
          return problem == null ? SystemPart.Report.up() : SystemPart.Report.down(problem);
        });
  }

  /** Up while it can answer; what it folds waits for the same database. */
  @Bean
  SystemPart metricsAggregatorPart(DatabaseHealth health) {
    return SystemPart.of(
        "metrics-aggregator",
        SystemPart.Kind.SERVICE,
        () ->
            health.problem() == null
                ? SystemPart.Report.up()
                : SystemPart.Report.down("waits for its database; nothing is skipped"));
  }
}
