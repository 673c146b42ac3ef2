package dev.catnap.metrics.catalog.kafka;

import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.kafka.CompactedView;
import dev.catnap.events.kafka.Records;
import dev.catnap.events.kafka.Topics;
import dev.catnap.kit.http.ProblemException;
import dev.catnap.kit.kafka.KafkaClients;
import dev.catnap.metrics.catalog.Selection;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.KafkaOperations;

/** The definitions that stand, in memory; and a way to write one. */
public final class Definitions implements SmartLifecycle {
  private static final String SOURCE = "/catnap/metrics-aggregator";
  private static final Duration WITHIN = Duration.ofSeconds(10);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final CompactedView<ServiceDefinition> view;
  private final KafkaOperations<String, byte[]> kafka;
  private volatile boolean running;

  public Definitions(KafkaClients clients, KafkaOperations<String, byte[]> kafka) {
    this.view =
        new CompactedView<>(Topics.SERVICES, () -> clients.consumer("metrics-aggregator-services"));
    this.kafka = kafka;
  }

  /** By name; what is not read yet is not in it. */
  public Map<String, ServiceDefinition> known() {
    return view.snapshot();
  }

  /** Null where there is none, or it is not read yet. */
  public @Nullable ServiceDefinition known(String service) {
    return view.get(service);
  }

  /**
   * By name.
   *
   * @throws ProblemException 503 while they are not read yet
   */
  public Map<String, ServiceDefinition> all() {
    if (!view.isCaughtUp()) {
      throw ProblemException.unavailable("The definitions are not read yet.", RETRY_AFTER);
    }
    return view.snapshot();
  }

  /**
   * The names of the services asked for; null: all, also those that no definition names any more.
   *
   * @throws ProblemException 503 while definitions are needed to tell, and are not read yet
   */
  public @Nullable Collection<String> asked(Selection selection) {
    if (selection.asksDefinitions()) {
      return selection.of(all().values());
    }
    String service = selection.service();
    return service == null ? null : List.of(service);
  }

  /** Whether all that was there at the start is read. */
  public boolean isCaughtUp() {
    return view.isCaughtUp();
  }

  /**
   * Returns once the broker has it.
   *
   * @throws ProblemException 503 when it does not take it in time
   */
  public void publish(ServiceDefinition definition) {
    try {
      kafka
          .send(Records.write(Topics.SERVICES, definition, SOURCE))
          .get(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException
        | TimeoutException
        | KafkaException
        | org.springframework.kafka.KafkaException e) {
      throw ProblemException.unavailable("The event log did not take the definition.", RETRY_AFTER);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ProblemException.unavailable("The service is stopping.", RETRY_AFTER);
    }
  }

  @Override
  public void start() {
    running = true;
    view.start();
  }

  @Override
  public void stop() {
    running = false;
    view.close();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
