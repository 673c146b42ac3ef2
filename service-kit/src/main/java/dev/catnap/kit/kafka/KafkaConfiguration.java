package dev.catnap.kit.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;

/** The Kafka beans all services of a process share. */
@AutoConfiguration(before = KafkaAutoConfiguration.class)
@EnableConfigurationProperties(CatnapKafkaSettings.class)
public class KafkaConfiguration {
  private static final String SHARED = "shared";

  @Bean
  @ConditionalOnMissingBean
  KafkaClients kafkaClients(CatnapKafkaSettings settings, MeterRegistry meters) {
    return new KafkaClients(settings, meters);
  }

  @Bean
  @ConditionalOnMissingBean(ProducerFactory.class)
  ProducerFactory<String, byte[]> kafkaProducerFactory(KafkaClients clients) {
    return clients.producerFactory(SHARED, Map.of());
  }

  @Bean
  @ConditionalOnMissingBean(ConsumerFactory.class)
  ConsumerFactory<String, byte[]> kafkaConsumerFactory(KafkaClients clients) {
    return clients.consumerFactory(SHARED, null);
  }

  /** One producer for all services of the process: it is safe for all threads. */
  @Bean
  @ConditionalOnMissingBean(KafkaTemplate.class)
  KafkaTemplate<String, byte[]> kafkaTemplate(ProducerFactory<String, byte[]> producers) {
    return new KafkaTemplate<>(producers);
  }

  @Bean
  Broker broker(KafkaClients clients) {
    return new Broker(clients);
  }

  @Bean
  TopicCreator topicCreator(CatnapKafkaSettings settings, Broker broker) {
    return new TopicCreator(settings, broker);
  }

  @Bean
  DeadLetters deadLetters(
      KafkaTemplate<String, byte[]> kafka, MeterRegistry meters, CatnapKafkaSettings settings) {
    Duration atMost = settings.maxBlock().plus(settings.deliveryTimeout());
    return new DeadLetters(kafka, meters, atMost);
  }

  @Bean
  Listeners listeners(
      KafkaClients clients, DeadLetters deadLetters, TopicCreator topics, MeterRegistry meters) {
    return new Listeners(clients, deadLetters, topics, meters);
  }

  @Bean
  KafkaHealth kafkaHealthIndicator(Broker broker, TopicCreator topics, Clock clock) {
    return new KafkaHealth(broker, topics, clock);
  }
}
