package dev.catnap.actuator.discovery.kafka;

import dev.catnap.actuator.discovery.watch.DefinitionSink;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.kafka.Records;
import dev.catnap.events.kafka.Topics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaOperations;

/**
 * Publishes the definitions that labels hold, where they are newer than what is known, and takes
 * back those of which no container is left.
 */
public final class DefinitionPublisher implements DefinitionSink {
  private static final Logger log = LoggerFactory.getLogger(DefinitionPublisher.class);
  private static final String SOURCE = "/catnap/container-actuator";

  private final KafkaOperations<String, byte[]> kafka;
  private final Function<String, @Nullable ServiceDefinition> known;

  /** Sent and not yet read back. */
  private final Map<String, ServiceDefinition> onTheWay = new ConcurrentHashMap<>();

  /**
   * @param known the definition that stands, by name
   */
  public DefinitionPublisher(
      KafkaOperations<String, byte[]> kafka, Function<String, @Nullable ServiceDefinition> known) {
    this.kafka = kafka;
    this.known = known;
  }

  @Override
  public void found(ServiceDefinition definition) {
    ServiceDefinition next = definition.succeeding(known.apply(definition.name()));
    if (next == null) {
      onTheWay.remove(definition.name());
      return;
    }
    if (next.equals(onTheWay.put(definition.name(), next))) {
      return;
    }
    send(Records.write(Topics.SERVICES, next, SOURCE), next.name(), "service found by its labels");
  }

  @Override
  public void withdrawn(String service) {
    onTheWay.remove(service);
    send(
        Records.remove(Topics.SERVICES, service),
        service,
        "service withdrawn: the last container with its labels is gone");
  }

  private void send(ProducerRecord<String, byte[]> record, String service, String news) {
    try {
      kafka.send(record).whenComplete((sent, failure) -> settled(service, news, failure));
    } catch (KafkaException | org.springframework.kafka.KafkaException e) {
      settled(service, news, e);
    }
  }

  /** What the broker did not take is tried again with the next comparison. */
  private void settled(String service, String news, @Nullable Throwable failure) {
    if (failure == null) {
      log.atInfo().addKeyValue("service", service).log(news);
      return;
    }
    onTheWay.remove(service);
    log.atWarn()
        .addKeyValue("service", service)
        .addKeyValue("cause", failure.toString())
        .log(
            "the definition of a labelled service was not taken by the broker, trying again later");
  }
}
