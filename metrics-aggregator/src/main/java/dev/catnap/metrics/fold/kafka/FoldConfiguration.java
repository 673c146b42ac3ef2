package dev.catnap.metrics.fold.kafka;

import dev.catnap.kit.kafka.DeadLetters;
import dev.catnap.kit.kafka.KafkaClients;
import dev.catnap.kit.kafka.Listeners;
import dev.catnap.metrics.fold.jdbc.FoldTransaction;
import dev.catnap.metrics.storage.jdbc.MetricsDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;

/** What reads the log. */
@Configuration(proxyBeanMethods = false)
@EnableKafka
public class FoldConfiguration {
  /** Also the consumer group, with the prefix of the Kafka settings. */
  private static final String SERVICE = "metrics-aggregator";

  private static final Duration POLL = Duration.ofSeconds(1);

  @Bean
  FoldTransaction metricsFoldTransaction(MetricsDatabase database) {
    return new FoldTransaction(database);
  }

  @Bean
  ConcurrentKafkaListenerContainerFactory<String, byte[]> metricsListenerFactory(
      Listeners listeners) {
    ConcurrentKafkaListenerContainerFactory<String, byte[]> factory =
        listeners.foldingFactory(SERVICE);
    factory.getContainerProperties().setPollTimeout(POLL.toMillis());
    // Asks for a partition's place again where the database was away when it was assigned.
    factory.getContainerProperties().setIdleEventInterval(POLL.toMillis());
    return factory;
  }

  @Bean
  HistoryListener metricsHistoryListener(
      FoldTransaction folds, DeadLetters deadLetters, MeterRegistry meters, Clock clock) {
    Rejects rejects = new Rejects(deadLetters, meters, SERVICE);
    Folding folding = new Folding(folds, rejects, meters, clock, event -> true);
    return new HistoryListener(new Positions(folds), folding);
  }

  @Bean
  FoldLag metricsFoldLag(KafkaClients clients, FoldTransaction folds) {
    return new FoldLag(clients, folds);
  }
}
