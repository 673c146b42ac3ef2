package dev.catnap.policy.catalog.kafka;

import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.StateChange;
import dev.catnap.events.kafka.CompactedView;
import dev.catnap.events.kafka.Topics;
import dev.catnap.kit.kafka.KafkaClients;
import dev.catnap.policy.catalog.LiveFleet;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Keeps the fleet as the compacted topics have it: all services, whatever partition they are on.
 */
public final class FleetView implements SmartLifecycle {
  private final CompactedView<ServiceDefinition> definitions;
  private final CompactedView<StateChange> states;
  private final LiveFleet fleet;
  private volatile boolean running;

  public FleetView(KafkaClients clients, LiveFleet fleet) {
    this.fleet = fleet;
    definitions = new CompactedView<>(Topics.SERVICES, () -> clients.consumer("policy-services"));
    states = new CompactedView<>(Topics.STATES, () -> clients.unhurriedConsumer("policy-states"));
    definitions.addListener(fleet::define);
    states.addListener(this::stateChanged);
    fleet.addListener(this::tellWaiting);
  }

  private void stateChanged(String key, @Nullable StateChange change) {
    if (change != null) {
      fleet.change(change);
      return;
    }
    int slash = key.indexOf('/');
    if (slash > 0) {
      fleet.forget(key.substring(0, slash), key.substring(slash + 1));
    }
  }

  private synchronized void tellWaiting() {
    notifyAll();
  }

  /**
   * Waits until something holds that the fleet tells.
   *
   * @return whether it held in time
   */
  public synchronized boolean await(BooleanSupplier condition, Duration atMost)
      throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return true;
  }

  /** Whether all that was on the topics at the start is known. */
  public boolean isCaughtUp() {
    return definitions.isCaughtUp() && states.isCaughtUp();
  }

  /** Whether the broker answers. */
  public boolean isConnected() {
    return definitions.isConnected() && states.isConnected();
  }

  public LiveFleet fleet() {
    return fleet;
  }

  @Override
  public void start() {
    running = true;
    definitions.start();
    states.start();
  }

  @Override
  public void stop() {
    running = false;
    definitions.close();
    states.close();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
