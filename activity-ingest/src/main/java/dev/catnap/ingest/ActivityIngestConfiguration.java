package dev.catnap.ingest;

import dev.catnap.ingest.activity.kafka.LazyProducer;
import dev.catnap.kit.health.SystemPart;
import dev.catnap.kit.kafka.KafkaClients;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** All of activity-ingest, for its own process or for one with others. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ActivityIngestSettings.class)
@Import({ActivityWiring.class, GateWiring.class})
public class ActivityIngestConfiguration {
  static final String CLIENT = "activity-ingest";

  /** Sends at once: what it sends may be what a sleeper waits for. */
  @Bean(destroyMethod = "close")
  LazyProducer ingestProducer(KafkaClients kafka) {
    return new LazyProducer(kafka.producerConfig(CLIENT));
  }

  /** Collects for 5 ms and up to 128 KiB a partition: half as fast again under load. */
  @Bean(destroyMethod = "close")
  LazyProducer ingestBatchProducer(KafkaClients kafka) {
    Map<String, Object> config = kafka.producerConfig(CLIENT + "-batch");
    config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
    config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 16L << 20);
    return new LazyProducer(config);
  }

  @Bean
  SystemPart ingestPart(IngestHealth health) {
    return SystemPart.of(CLIENT, SystemPart.Kind.SERVICE, health::report);
  }
}
