package dev.catnap.policy.idleness.kafka;

import dev.catnap.events.kafka.Topics;
import dev.catnap.kit.health.SystemPart;
import dev.catnap.kit.kafka.KafkaClients;
import dev.catnap.kit.kafka.TopicCreator;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the topology: begins once the broker answers and the topics are there, replaces a thread
 * that dies, and begins anew, after pauses of 0.5 to 10 s, when it could not begin.
 */
public final class PolicyStreams implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(PolicyStreams.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

  private final StreamsSettings settings;
  private final PolicyParts parts;
  private final KafkaClients clients;
  private final TopicCreator topics;
  private volatile boolean running;
  private volatile @Nullable KafkaStreams streams;
  private volatile @Nullable Thread starter;
  private volatile @Nullable String lastFailure;
  private final RecentFailure threadFailure = new RecentFailure();

  public PolicyStreams(
      StreamsSettings settings, PolicyParts parts, KafkaClients clients, TopicCreator topics) {
    this.settings = settings;
    this.parts = parts;
    this.clients = clients;
    this.topics = topics;
    parts.meters().services(parts.live()::size);
  }

  @Override
  public void start() {
    running = true;
    var unused =
        topics
            .ready()
            .thenRun(() -> starter = Thread.ofVirtual().name("policy-start").start(this::begin));
  }

  private void begin() {
    Duration pause = FIRST_PAUSE;
    while (running && streams == null) {
      try {
        run(PolicyTopology.build(parts, partitions(), settings.tick()));
      } catch (KafkaException e) {
        lastFailure = e.toString();
        log.atWarn()
            .addKeyValue("cause", e.toString())
            .addKeyValue("retryInMillis", pause.toMillis())
            .log("policy cannot begin yet, trying again");
        LockSupport.parkNanos(pause.toNanos());
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
                ? LONGEST_PAUSE
                : pause.multipliedBy(2);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private synchronized void run(Topology topology) {
    if (!running) {
      return;
    }
    KafkaStreams created =
        new KafkaStreams(topology, StreamsProperties.of(settings, clients.connection()));
    created.setUncaughtExceptionHandler(this::threadFailed);
    created.setStateListener(this::stateChanged);
    streams = created;
    created.start();
  }

  /** All source topics have as many; what is on the wrong one is sent on. */
  private int partitions() throws InterruptedException {
    try (Admin admin = clients.admin("policy-partitions")) {
      String name = Topics.ACTIVITY.name();
      Map<String, TopicDescription> described =
          admin.describeTopics(java.util.List.of(name)).allTopicNames().get();
      TopicDescription topic = described.get(name);
      return topic == null ? 1 : topic.partitions().size();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
    }
  }

  private StreamThreadExceptionResponse threadFailed(Throwable failure) {
    lastFailure = failure.toString();
    boolean again = threadFailure.note(failure, System.nanoTime());
    log.atError()
        .setCause(again ? null : failure)
        .addKeyValue("cause", failure.toString())
        .log("policy thread failed, replacing it");
    // So that a failure that lasts does not fill the log.
    LockSupport.parkNanos(AFTER_FAILURE.toNanos());
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  private void stateChanged(KafkaStreams.State now, KafkaStreams.State before) {
    if (now == KafkaStreams.State.RUNNING) {
      lastFailure = null;
      log.atInfo().addKeyValue("services", parts.live().size()).log("policy runs");
    }
  }

  /** Whether it decides now. */
  public boolean decides() {
    KafkaStreams current = streams;
    return current != null && current.state() == KafkaStreams.State.RUNNING;
  }

  /**
   * Which other instance has the partition of a service, as {@code host:port}; null: this one, or
   * nobody knows.
   */
  public @Nullable String ownerOf(String service) {
    KafkaStreams current = streams;
    String here = settings.advertised().get();
    if (current == null || here == null || parts.live().get(service) != null) {
      return null;
    }
    try {
      KeyQueryMetadata found =
          current.queryMetadataForKey(
              IdlenessProcessor.STORE, service, Serdes.String().serializer());
      HostInfo host = found == null ? HostInfo.unavailable() : found.activeHost();
      String owner = host.host() + ":" + host.port();
      return host.equals(HostInfo.unavailable()) || owner.equals(here) ? null : owner;
    } catch (IllegalStateException | StreamsException e) {
      // Between two assignments.
      return null;
    }
  }

  /** How it is, for the health of the system. */
  public SystemPart.Report report() {
    KafkaStreams current = streams;
    if (current == null) {
      String failure = lastFailure;
      return SystemPart.Report.down(
          "waits for the broker and its topics" + (failure == null ? "" : ": " + failure));
    }
    return switch (current.state()) {
      case RUNNING -> running();
      case CREATED, REBALANCING ->
          SystemPart.Report.degraded("partitions are being assigned and state is restored");
      default ->
          SystemPart.Report.down("streams is " + current.state() + ", last failure " + lastFailure);
    };
  }

  private SystemPart.Report running() {
    String failure = threadFailure.at(System.nanoTime());
    return failure == null
        ? SystemPart.Report.up()
        : SystemPart.Report.degraded(
            "a thread failed within the last minute and was replaced: " + failure);
  }

  @Override
  public synchronized void stop() {
    running = false;
    Thread starting = starter;
    if (starting != null) {
      starting.interrupt();
    }
    KafkaStreams current = streams;
    if (current != null) {
      // Leaves the group, so that others, or the next start, need not wait for the session to end.
      current.close(
          CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
              .withTimeout(CLOSE_WITHIN));
    }
    streams = null;
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
