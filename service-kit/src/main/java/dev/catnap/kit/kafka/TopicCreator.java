package dev.catnap.kit.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Creates the topics that are missing, and leaves those that are there as they are.
 *
 * <p>Start waits a little for the broker, then goes on without it; one virtual thread keeps trying
 * every 0.2 to 5 seconds. What needs the topics waits for {@link #ready()}.
 */
public final class TopicCreator implements SmartLifecycle {
  /** Before listeners and streams, which have phases near the largest integer. */
  static final int PHASE = 0;

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Logger log = LoggerFactory.getLogger(TopicCreator.class);

  private final CatnapKafkaSettings settings;
  private final Broker broker;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private volatile @Nullable String problem = "topics are not checked yet";
  private volatile @Nullable Thread thread;

  TopicCreator(CatnapKafkaSettings settings, Broker broker) {
    this.settings = settings;
    this.broker = broker;
  }

  /** Completes once all topics are there; never completes while the broker is away. */
  public CompletableFuture<Void> ready() {
    return ready.copy();
  }

  /** Why the topics are not there yet; null when they are. */
  public @Nullable String problem() {
    return problem;
  }

  @Override
  public void start() {
    thread = Thread.ofVirtual().name("topic-creator").start(this::untilDone);
    try {
      ready.get(settings.startWait().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      log.atWarn().addKeyValue("reason", problem).log("started without the broker, trying on");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private void untilDone() {
    Duration pause = FIRST_PAUSE;
    try {
      while (!attempt()) {
        Thread.sleep(pause);
        pause = min(pause.multipliedBy(2), LONGEST_PAUSE);
      }
      problem = null;
      ready.complete(null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private boolean attempt() throws InterruptedException {
    try {
      if (settings.createTopics()) {
        createMissing(TopicPlan.of(settings));
      }
      return true;
    } catch (TopicExistsException e) {
      // Another part creates them at the same time: look again at what is missing.
      return false;
    } catch (KafkaException e) {
      String reason = "topics cannot be created: " + Broker.reason(e);
      if (!reason.equals(problem)) {
        log.atWarn().addKeyValue("reason", reason).log("waiting for the broker");
      }
      problem = reason;
      return false;
    }
  }

  private void createMissing(List<NewTopic> plan) throws InterruptedException {
    Set<String> present = broker.ask(admin -> admin.listTopics().names(), ANSWER_WITHIN);
    List<NewTopic> missing =
        plan.stream().filter(topic -> !present.contains(topic.name())).toList();
    if (!missing.isEmpty()) {
      create(missing);
    }
    Map<String, TopicDescription> found = describe(plan);
    warnOfOtherPartitionCounts(plan, found);
    awaitLeaders(found);
  }

  private void create(List<NewTopic> missing) throws InterruptedException {
    CreateTopicsOptions options =
        new CreateTopicsOptions().timeoutMs((int) ANSWER_WITHIN.toMillis());
    broker.ask(admin -> admin.createTopics(missing, options).all(), ANSWER_WITHIN);
    log.atInfo()
        .addKeyValue("topics", missing.stream().map(NewTopic::name).toList())
        .addKeyValue("partitions", settings.partitions())
        .log("topics created");
  }

  private Map<String, TopicDescription> describe(List<NewTopic> plan) throws InterruptedException {
    List<String> names = plan.stream().map(NewTopic::name).toList();
    return broker.ask(admin -> admin.describeTopics(names).allTopicNames(), ANSWER_WITHIN);
  }

  /**
   * Parts that join topics rely on equal counts; changing them would move keys, so we only tell.
   */
  private static void warnOfOtherPartitionCounts(
      List<NewTopic> plan, Map<String, TopicDescription> found) {
    for (NewTopic topic : plan) {
      TopicDescription description = found.get(topic.name());
      if (description != null && description.partitions().size() != topic.numPartitions()) {
        log.atWarn()
            .addKeyValue("topic", topic.name())
            .addKeyValue("partitions", description.partitions().size())
            .addKeyValue("expected", topic.numPartitions())
            .log("topic has another number of partitions, left as it is");
      }
    }
  }

  /**
   * A topic is known a moment before its partitions take records. A producer's first batch is then
   * refused, and when its second is let in, the first never will be: a partition takes any sequence
   * number from a producer it does not know, and no lower one afterwards. A partition that has lost
   * its leader for longer does not keep the others waiting.
   */
  private void awaitLeaders(Map<String, TopicDescription> topics) throws InterruptedException {
    Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
    topics.forEach((name, description) ->
        description
            .partitions()
            .forEach(partition ->
                partitions.put(
                    new TopicPartition(name, partition.partition()), OffsetSpec.latest())));
    try {
      var unused = broker.ask(admin -> admin.listOffsets(partitions).all(), ANSWER_WITHIN);
    } catch (KafkaException e) {
      log.atWarn()
          .addKeyValue("reason", Broker.reason(e))
          .log("not all partitions take records, going on");
    }
  }

  @Override
  public void stop() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
    thread = null;
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
