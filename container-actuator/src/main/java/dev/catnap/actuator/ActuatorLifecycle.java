package dev.catnap.actuator;

import dev.catnap.actuator.discovery.Inventory;
import dev.catnap.actuator.discovery.watch.EngineWatcher;
import dev.catnap.actuator.sampling.kafka.ResourceSampler;
import dev.catnap.actuator.sampling.survey.StorageSurvey;
import dev.catnap.actuator.transition.StateJournal;
import dev.catnap.actuator.transition.execution.CommandExecutor;
import dev.catnap.actuator.transition.kafka.CommandListener;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.StateChange;
import dev.catnap.events.kafka.CompactedView;
import dev.catnap.events.kafka.TopicFollower;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * The order of starting: read what was published, connect to the engine, list and compare, and only
 * then carry out commands. Starting waits for none of it, so a broker or an engine that is away
 * does not keep the process from coming up.
 */
final class ActuatorLifecycle implements SmartLifecycle {
  /** After the topics are created, before the web server answers. */
  private static final int PHASE = 1000;

  /**
   * What is started and stopped.
   *
   * @param history the changes of the last minutes, read once: crashes before a restart count
   */
  record Parts(
      CompactedView<ServiceDefinition> definitions,
      CompactedView<StateChange> states,
      TopicFollower<StateChange> history,
      Inventory inventory,
      StateJournal journal,
      CommandExecutor executor,
      ResourceSampler sampler,
      Duration sampleInterval,
      StorageSurvey storage) {}

  private final Parts parts;
  private final EngineWatcher watcher;
  private final Function<String, CommandListener> listenerOfHost;
  private volatile @Nullable CommandListener listener;
  private volatile boolean running;

  /**
   * @param listenerOfHost makes the reader of commands once the host's name is known
   */
  ActuatorLifecycle(
      Parts parts, WatcherFactory watcher, Function<String, CommandListener> listenerOfHost) {
    this.parts = parts;
    this.listenerOfHost = listenerOfHost;
    this.watcher = watcher.make(this::awaitViews, this::carryOutCommands);
  }

  /** Makes the watcher, which is told when it may begin and tells when it has compared once. */
  interface WatcherFactory {
    EngineWatcher make(
        EngineWatcher.Gate gate, java.util.function.Consumer<String> whenFirstCompared);
  }

  EngineWatcher watcher() {
    return watcher;
  }

  /** Whether commands are read; until then they wait on the log. */
  boolean isCarryingOut() {
    return listener != null && watcher.status().isReachable();
  }

  String waitsFor() {
    String problem = watcher.status().problem();
    return problem == null ? "what was published before is still being read" : problem;
  }

  @Override
  public void start() {
    running = true;
    parts
        .definitions()
        .addListener((name, definition) -> {
          parts.inventory().define(name, definition);
          watcher.compareSoon();
        });
    parts
        .states()
        .addListener((key, change) -> {
          if (change != null) {
            parts.journal().observed(change);
          }
        });
    parts.definitions().start();
    parts.states().start();
    var unused = parts.history().start();
    watcher.start();
  }

  private boolean awaitViews(Duration atMost) throws InterruptedException {
    boolean ready =
        parts.definitions().awaitCaughtUp(atMost)
            && parts.states().awaitCaughtUp(atMost)
            && parts.history().awaitCaughtUp(atMost);
    if (ready) {
      // From here on this run tells the changes itself.
      parts.history().close();
    }
    return ready;
  }

  private synchronized void carryOutCommands(String host) {
    if (!running) {
      return;
    }
    CommandListener reader = listenerOfHost.apply(host);
    listener = reader;
    reader.start();
    parts.sampler().start(parts.sampleInterval());
    parts.storage().start();
  }

  @Override
  public synchronized void stop() {
    running = false;
    watcher.close();
    parts.executor().close();
    CommandListener reader = listener;
    if (reader != null) {
      reader.close();
    }
    parts.sampler().close();
    parts.storage().close();
    parts.definitions().close();
    parts.states().close();
    parts.history().close();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
