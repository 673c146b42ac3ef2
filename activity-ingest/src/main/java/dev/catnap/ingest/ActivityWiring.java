package dev.catnap.ingest;

import dev.catnap.ingest.activity.ActivityLog;
import dev.catnap.ingest.activity.InFlight;
import dev.catnap.ingest.activity.Normalizer;
import dev.catnap.ingest.activity.http.ActivityEndpoint;
import dev.catnap.ingest.activity.http.ActivityMetrics;
import dev.catnap.ingest.activity.http.Limits;
import dev.catnap.ingest.activity.kafka.KafkaActivityLog;
import dev.catnap.ingest.activity.kafka.LazyProducer;
import dev.catnap.ingest.gate.kafka.StateView;
import dev.catnap.kit.kafka.CatnapKafkaSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The capability {@code activity}. */
@Configuration(proxyBeanMethods = false)
class ActivityWiring {
  @Bean
  ActivityLog ingestActivityLog(
      @Qualifier("ingestProducer") LazyProducer atOnce,
      @Qualifier("ingestBatchProducer") LazyProducer collecting,
      CatnapKafkaSettings kafka,
      ActivityIngestSettings settings,
      StateView view) {
    Duration atMost = kafka.maxBlock().plus(kafka.deliveryTimeout()).plusSeconds(1);
    Duration grace = settings.gate().brokerGrace();
    return new KafkaActivityLog(
        atOnce, collecting, atMost, () -> view.awayFor().compareTo(grace) <= 0);
  }

  @Bean
  ActivityEndpoint activityEndpoint(
      ActivityLog log, ActivityIngestSettings settings, MeterRegistry registry, Clock clock) {
    ActivityIngestSettings.Activity activity = settings.activity();
    InFlight events = new InFlight(activity.maxEventsInFlight());
    Gauge.builder("catnap.activity.in.flight", events, InFlight::taken)
        .description("Events that the log has not acknowledged yet")
        .register(registry);
    return new ActivityEndpoint(
        log,
        new Normalizer(activity.maxAhead(), activity.maxAge()),
        new Limits(activity.maxBodyBytes(), activity.maxBatchEvents()),
        new InFlight(activity.maxBytesInFlight()),
        events,
        new ActivityMetrics(registry),
        clock);
  }
}
