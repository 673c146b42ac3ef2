package dev.catnap.kit.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;
import org.springframework.util.backoff.FixedBackOff;

/**
 * Listener containers that lose nothing: see {@link Failure} for what happens to a record whose
 * listener throws.
 *
 * <p>Each service makes one factory as a bean of its own name and refers to it in
 * {@code @KafkaListener(containerFactory = ...)}. Its containers start once the topics are there,
 * because a client can neither be constructed while the broker's name does not resolve nor
 * subscribe well to what does not exist.
 */
public final class Listeners implements SmartLifecycle {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final int TRIES_OF_A_DEFECT = 5;
  private static final Duration AUTHORISATION_PAUSE = Duration.ofSeconds(10);

  private final KafkaClients clients;
  private final DeadLetters deadLetters;
  private final TopicCreator topics;
  private final MeterRegistry meters;
  private final List<AbstractMessageListenerContainer<?, ?>> containers =
      new CopyOnWriteArrayList<>();
  private volatile boolean running;

  Listeners(
      KafkaClients clients, DeadLetters deadLetters, TopicCreator topics, MeterRegistry meters) {
    this.clients = clients;
    this.deadLetters = deadLetters;
    this.topics = topics;
    this.meters = meters;
  }

  /**
   * As {@link #factory}, for listeners that fold what happened into tables: they gather up to 64
   * KiB or for {@code catnap.kafka.gather}. A wake is over by then, and has the processors to
   * itself.
   *
   * <p>Why in the consumer factory? The {@code properties} of a {@code @KafkaListener} replace
   * those of its container, all of them.
   */
  public ConcurrentKafkaListenerContainerFactory<String, byte[]> foldingFactory(String service) {
    return factory(service, clients.gathering());
  }

  /**
   * A factory of containers for one service, a record at a time unless the listener says {@code
   * batch = "true"}.
   *
   * <p>A batch listener reads through {@link DeadLetters#readable}: what it throws is tried again
   * for the whole batch until it succeeds.
   *
   * <p>Gauge {@code catnap_listener_partitions_waiting{service}}: partitions that stand still until
   * something comes back.
   *
   * @param service its name: consumer group where a listener names none, client id, and what dead
   *     letters say of where they failed
   */
  public ConcurrentKafkaListenerContainerFactory<String, byte[]> factory(String service) {
    return factory(service, Map.of());
  }

  private ConcurrentKafkaListenerContainerFactory<String, byte[]> factory(
      String service, Map<String, Object> differently) {
    FailureLog failures = new FailureLog(service);
    meters.gauge(
        "catnap.listener.partitions.waiting",
        List.of(Tag.of("service", service)),
        failures,
        FailureLog::waiting);
    ConcurrentKafkaListenerContainerFactory<String, byte[]> factory =
        new ConcurrentKafkaListenerContainerFactory<>();
    factory.setConsumerFactory(clients.consumerFactory(service, service, differently));
    factory.setCommonErrorHandler(errorHandler(service, failures));
    factory.setRecordInterceptor(failures);
    factory.setBatchInterceptor(failures);
    factory.setAutoStartup(false);
    AtomicInteger number = new AtomicInteger();
    factory.setContainerCustomizer(container -> {
      ContainerProperties properties = container.getContainerProperties();
      properties.setClientId(clients.clientId(service + "-" + number.incrementAndGet()));
      properties.setAuthExceptionRetryInterval(AUTHORISATION_PAUSE);
      properties.setConsumerRebalanceListener(failures);
      containers.add(container);
    });
    return factory;
  }

  private CommonErrorHandler errorHandler(String service, FailureLog failures) {
    DefaultErrorHandler handler =
        new DefaultErrorHandler(
            (record, failure) -> deadLetters.publish(record, reason(failure), service), forEver());
    // Our own classification alone decides; Spring's list would skip a ClassCastException at once.
    handler.setClassifications(Map.of(), true);
    handler.setBackOffFunction((record, failure) -> pauses(failure));
    handler.setRetryListeners(failures);
    handler.setLogLevel(KafkaException.Level.DEBUG);
    return handler;
  }

  private static String reason(Exception failure) {
    Throwable cause = Failure.unwrapped(failure);
    return Failure.of(failure) == Failure.UNREADABLE
        ? String.valueOf(cause.getMessage())
        : "failed " + TRIES_OF_A_DEFECT + " times: " + cause;
  }

  private static BackOff pauses(Exception failure) {
    return switch (Failure.of(failure)) {
      case UNREADABLE -> new FixedBackOff(0, 0);
      case DEFECT -> new FixedBackOff(FIRST_PAUSE.toMillis(), TRIES_OF_A_DEFECT - 1);
      case WAIT -> forEver();
    };
  }

  private static BackOff forEver() {
    ExponentialBackOff pauses = new ExponentialBackOff(FIRST_PAUSE.toMillis(), 2);
    pauses.setMaxInterval(LONGEST_PAUSE.toMillis());
    return pauses;
  }

  @Override
  public void start() {
    running = true;
    var unused = topics.ready().thenRun(this::startContainers);
  }

  private synchronized void startContainers() {
    if (running) {
      containers.forEach(AbstractMessageListenerContainer::start);
    }
  }

  /** Spring's registry stops the containers and waits for them; here only no more are started. */
  @Override
  public synchronized void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** After Spring's registry of listeners has made the containers, in the same phase's order. */
  @Override
  public int getPhase() {
    return AbstractMessageListenerContainer.DEFAULT_PHASE;
  }
}
