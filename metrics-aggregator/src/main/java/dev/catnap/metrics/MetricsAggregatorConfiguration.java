package dev.catnap.metrics;

import com.zaxxer.hikari.HikariDataSource;
import dev.catnap.kit.health.SystemPart;
import dev.catnap.kit.kafka.KafkaClients;
import dev.catnap.metrics.catalog.kafka.Definitions;
import dev.catnap.metrics.fold.jdbc.Retention;
import dev.catnap.metrics.fold.kafka.FoldConfiguration;
import dev.catnap.metrics.fold.kafka.FoldLag;
import dev.catnap.metrics.fold.kafka.RetentionJob;
import dev.catnap.metrics.history.http.SleepWakeEndpoint;
import dev.catnap.metrics.history.jdbc.StateTimesQuery;
import dev.catnap.metrics.history.jdbc.WakeQuery;
import dev.catnap.metrics.imports.http.ImportsEndpoint;
import dev.catnap.metrics.live.Audience;
import dev.catnap.metrics.live.http.StreamEndpoint;
import dev.catnap.metrics.live.kafka.LiveFeed;
import dev.catnap.metrics.performance.http.PerformanceEndpoint;
import dev.catnap.metrics.recommendation.Rates;
import dev.catnap.metrics.recommendation.http.RecommendationsEndpoint;
import dev.catnap.metrics.recommendation.jdbc.AppliedStore;
import dev.catnap.metrics.recommendation.jdbc.Recommender;
import dev.catnap.metrics.recommendation.jdbc.RegretQuery;
import dev.catnap.metrics.recommendation.kafka.Applier;
import dev.catnap.metrics.recommendation.kafka.RegretWatch;
import dev.catnap.metrics.replay.http.ReplaysEndpoint;
import dev.catnap.metrics.replay.kafka.ReplayConfiguration;
import dev.catnap.metrics.storage.jdbc.DatabaseHealth;
import dev.catnap.metrics.storage.jdbc.MetricsDatabase;
import dev.catnap.metrics.table.http.TableConfiguration;
import dev.catnap.metrics.trend.http.GrafanaEditorEndpoint;
import dev.catnap.metrics.trend.http.GrafanaEndpoint;
import dev.catnap.metrics.trend.http.TrendsEndpoint;
import dev.catnap.metrics.trend.jdbc.TrendQuery;
import dev.catnap.metrics.trend.jdbc.TrendReader;
import dev.catnap.metrics.usage.http.ResourcesEndpoint;
import dev.catnap.metrics.usage.jdbc.UsageQuery;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.KafkaTemplate;
import tools.jackson.databind.json.JsonMapper;

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
  TrendsEndpoint.class,
  GrafanaEndpoint.class,
  GrafanaEditorEndpoint.class,
  RecommendationsEndpoint.class,
  TableConfiguration.class
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
    // Weeks of intervals and hours are grouped and sorted without the disk. To start helpers takes
    // longer (10 to 60 ms) than most questions do, of which there are several at a time.
    pool.setConnectionInitSql("SET work_mem = '16MB'; SET max_parallel_workers_per_gather = 0");
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
  TrendReader metricsTrendReader(MetricsDatabase database, MetricsSettings settings, Clock clock) {
    return new TrendReader(
        new TrendQuery(database), from -> settings.finestSums(from, clock.instant()));
  }

  @Bean
  Definitions metricsDefinitions(KafkaClients clients, KafkaTemplate<String, byte[]> kafka) {
    return new Definitions(clients, kafka);
  }

  @Bean
  Recommender metricsRecommender(MetricsDatabase database, MetricsSettings settings) {
    MetricsSettings.Recommendation given = settings.recommendation();
    return new Recommender(database, new Rates(given.cpuHour(), given.memoryGbHour()));
  }

  @Bean
  AppliedStore metricsAppliedStore(MetricsDatabase database) {
    return new AppliedStore(database);
  }

  @Bean
  Applier metricsApplier(
      Definitions definitions,
      AppliedStore store,
      MetricsDatabase database,
      MetricsSettings settings) {
    MetricsSettings.Recommendation given = settings.recommendation();
    return new Applier(
        definitions, store, new RegretQuery(database, given.slowWake()), given.watch());
  }

  @Bean
  RegretWatch metricsRegretWatch(Applier applier, Clock clock, MetricsSettings settings) {
    return new RegretWatch(applier, clock, settings.recommendation().watchCheck());
  }

  /** Counter {@code catnap_stream_dropped_clients_total}: those that did not keep up. */
  @Bean
  LiveFeed metricsLiveFeed(
      KafkaClients clients, MetricsSettings settings, MeterRegistry meters, Clock clock) {
    Counter dropped = meters.counter("catnap.stream.dropped.clients");
    Audience audience =
        new Audience(settings.stream().queue(), settings.stream().queue(), dropped::increment);
    meters.gauge("catnap.stream.clients", audience, Audience::size);
    return new LiveFeed(clients, audience, clock);
  }

  @Bean
  StreamEndpoint metricsStreamEndpoint(
      LiveFeed feed, JsonMapper json, Clock clock, MetricsSettings settings) {
    return new StreamEndpoint(
        feed, json, clock, settings.stream().clients(), settings.stream().heartbeat());
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
