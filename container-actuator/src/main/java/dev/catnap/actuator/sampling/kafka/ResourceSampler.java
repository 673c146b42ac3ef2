package dev.catnap.actuator.sampling.kafka;

import dev.catnap.actuator.discovery.Inventory;
import dev.catnap.actuator.discovery.ManagedContainer;
import dev.catnap.actuator.engine.ContainerEngine;
import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.engine.ContainerStatus;
import dev.catnap.actuator.engine.EngineException;
import dev.catnap.actuator.engine.UsageReading;
import dev.catnap.actuator.sampling.SampleMeter;
import dev.catnap.actuator.sampling.StorageMeasure;
import dev.catnap.actuator.sampling.StorageNews;
import dev.catnap.actuator.transition.StateJournal;
import dev.catnap.events.ResourceSample;
import dev.catnap.events.RunState;
import dev.catnap.events.kafka.Records;
import dev.catnap.events.kafka.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaOperations;

/**
 * Publishes what each container uses, all in one pass: those that run at every pass, those that
 * sleep at every twelfth, as only their memory is of interest. Storage goes with them when it was
 * measured; of those that are stopped it is all there is to publish.
 *
 * <p>A sample that cannot be read or sent is dropped: {@code catnap_actuator_samples_total} counts
 * those the broker took, {@code catnap_actuator_samples_dropped_total} the others.
 */
public final class ResourceSampler implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ResourceSampler.class);
  private static final String SOURCE = "/catnap/container-actuator";
  private static final int SLEEPERS_EVERY = 12;

  private final ContainerEngine engine;
  private final Inventory inventory;
  private final StateJournal journal;
  private final KafkaOperations<String, byte[]> kafka;
  private final MeterRegistry meters;
  private final Supplier<String> host;
  private final Supplier<StorageMeasure> storage;
  private final SampleMeter meter = new SampleMeter();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("sampler").factory());
  private StorageNews news = StorageNews.none();
  private int pass;

  /**
   * @param storage the newest measure there is
   */
  public ResourceSampler(
      ContainerEngine engine,
      Inventory inventory,
      StateJournal journal,
      KafkaOperations<String, byte[]> kafka,
      MeterRegistry meters,
      Supplier<String> host,
      Supplier<StorageMeasure> storage) {
    this.engine = engine;
    this.inventory = inventory;
    this.journal = journal;
    this.kafka = kafka;
    this.meters = meters;
    this.host = host;
    this.storage = storage;
  }

  public void start(Duration every) {
    var unused =
        thread.scheduleAtFixedRate(this::safely, 0, every.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void safely() {
    try {
      sampleAll();
    } catch (RuntimeException e) {
      // An exception would end the schedule.
      log.atError().setCause(e).log("a pass of sampling failed unexpectedly, going on");
    }
  }

  private void sampleAll() {
    boolean sleepersToo = pass++ % SLEEPERS_EVERY == 0;
    news = news.with(host.get(), storage.get());
    Set<String> ours = new HashSet<>();
    Set<String> live = new HashSet<>();
    for (ManagedContainer managed : inventory.managed()) {
      String name = managed.container().name();
      String key = managed.service() + "/" + name;
      ours.add(key);
      RunState state = journal.state(managed.service(), name);
      boolean sleeps = state == RunState.SLEEPING;
      if (state == RunState.RUNNING || sleeps) {
        live.add(key);
      }
      if (state == RunState.RUNNING || (sleeps && sleepersToo)) {
        sample(managed, sleeps ? ContainerStatus.PAUSED : ContainerStatus.RUNNING);
      } else if (state == RunState.STOPPED) {
        publish(news.ofStopped(managed.service(), name));
      }
    }
    news.ofGone(ours).forEach(this::publish);
    meter.keepOnly(live);
  }

  private void sample(ManagedContainer managed, ContainerStatus status) {
    ContainerSnapshot listed = managed.container();
    try {
      UsageReading reading =
          engine.usage(
              ContainerSnapshot.listed(
                  listed.id(),
                  listed.name(),
                  status,
                  listed.address(),
                  listed.createdAt(),
                  listed.labels()));
      if (reading != null) {
        ResourceSample sample =
            meter.measure(managed.service(), listed.name(), host.get(), reading);
        publish(sample == null ? null : news.added(sample));
      }
    } catch (EngineException e) {
      dropped();
    }
  }

  private void publish(@Nullable ResourceSample sample) {
    if (sample == null) {
      return;
    }
    try {
      kafka
          .send(Records.write(Topics.RESOURCE_SAMPLES, sample, SOURCE))
          .whenComplete((sent, failure) -> {
            if (failure == null) {
              meters.counter("catnap.actuator.samples").increment();
            } else {
              dropped();
            }
          });
    } catch (KafkaException | org.springframework.kafka.KafkaException e) {
      dropped();
    }
  }

  private void dropped() {
    meters.counter("catnap.actuator.samples.dropped").increment();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
