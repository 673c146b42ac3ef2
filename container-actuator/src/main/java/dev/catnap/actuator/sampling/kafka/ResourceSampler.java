package dev.catnap.actuator.sampling.kafka;

import dev.catnap.actuator.discovery.Inventory;
import dev.catnap.actuator.discovery.ManagedContainer;
import dev.catnap.actuator.engine.ContainerEngine;
import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.engine.ContainerStatus;
import dev.catnap.actuator.engine.EngineException;
import dev.catnap.actuator.engine.UsageReading;
import dev.catnap.actuator.sampling.SampleMeter;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaOperations;

/**
 * Publishes what each container uses, all in one pass: those that run at every pass, those that
 * sleep at every twelfth, as only their memory is of interest.
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
  private final SampleMeter meter = new SampleMeter();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("sampler").factory());
  private int pass;

  public ResourceSampler(
      ContainerEngine engine,
      Inventory inventory,
      StateJournal journal,
      KafkaOperations<String, byte[]> kafka,
      MeterRegistry meters,
      Supplier<String> host) {
    this.engine = engine;
    this.inventory = inventory;
    this.journal = journal;
    this.kafka = kafka;
    this.meters = meters;
    this.host = host;
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
    Set<String> live = new HashSet<>();
    for (ManagedContainer managed : inventory.managed()) {
      String name = managed.container().name();
      RunState state = journal.state(managed.service(), name);
      boolean sleeps = state == RunState.SLEEPING;
      if (state == RunState.RUNNING || sleeps) {
        live.add(managed.service() + "/" + name);
      }
      if (state == RunState.RUNNING || (sleeps && sleepersToo)) {
        sample(managed, sleeps ? ContainerStatus.PAUSED : ContainerStatus.RUNNING);
      }
    }
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
        if (sample != null) {
          publish(sample);
        }
      }
    } catch (EngineException e) {
      dropped();
    }
  }

  private void publish(ResourceSample sample) {
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
