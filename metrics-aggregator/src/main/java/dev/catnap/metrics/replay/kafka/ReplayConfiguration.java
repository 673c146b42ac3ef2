package dev.catnap.metrics.replay.kafka;

import com.zaxxer.hikari.HikariDataSource;
import dev.catnap.kit.kafka.KafkaClients;
import dev.catnap.metrics.MetricsSettings;
import dev.catnap.metrics.fold.jdbc.FoldTransaction;
import dev.catnap.metrics.fold.jdbc.NextGeneration;
import dev.catnap.metrics.replay.Replay;
import dev.catnap.metrics.replay.jdbc.BackfillStore;
import dev.catnap.metrics.replay.jdbc.ReplayStore;
import dev.catnap.metrics.storage.jdbc.MetricsDatabase;
import dev.catnap.metrics.storage.jdbc.Pools;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What replays the log. */
@Configuration(proxyBeanMethods = false)
public class ReplayConfiguration {
  @Bean
  ReplayStore metricsReplayStore(MetricsDatabase database) {
    return new ReplayStore(database);
  }

  @Bean
  ReplayRunner metricsReplayRunner(
      MetricsDatabase database,
      @Qualifier("metricsDataSource") HikariDataSource dataSource,
      ReplayStore store,
      FoldTransaction folds,
      KafkaClients clients,
      Clock clock,
      MetricsSettings settings) {
    Log log = new Log(clients);
    MetricsSettings.Postgres postgres = settings.postgres();
    Duration timeout = postgres.statementTimeout();
    Rebuild.Opening opening =
        anew ->
            NextGeneration.open(
                database,
                postgres.schema(),
                schema -> Pools.of(dataSource, "metrics-next", schema, settings.readers() + 1),
                timeout,
                anew);
    Rebuild rebuild = new Rebuild(log, opening, settings.kept(), clock);
    Backfill backfill = new Backfill(log, folds, new BackfillStore(database), clock);
    return new ReplayRunner(
        database,
        dataSource,
        store,
        log,
        Map.of(Replay.Kind.REBUILD, rebuild::run, Replay.Kind.BACKFILL, backfill::run),
        clock,
        settings.readers());
  }
}
