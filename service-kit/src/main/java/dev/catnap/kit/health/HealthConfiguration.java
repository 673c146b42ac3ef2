package dev.catnap.kit.health;

import dev.catnap.kit.kafka.KafkaHealth;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Health for people and for dashboards, beside Actuator's own. */
@AutoConfiguration
@Import(HealthController.class)
public class HealthConfiguration {
  @Bean
  SystemPart brokerPart(KafkaHealth kafka) {
    return SystemPart.ofIndicator("kafka", SystemPart.Kind.BROKER, kafka);
  }

  @Bean
  SystemHealth systemHealth(ObjectProvider<SystemPart> parts, Clock clock) {
    return new SystemHealth(parts.orderedStream().toList(), clock);
  }
}
