package dev.catnap.actuator.transition.kafka;

import dev.catnap.actuator.transition.execution.ReceivedCommand;
import dev.catnap.actuator.transition.tracing.CommandTraces;
import dev.catnap.events.Command;
import dev.catnap.events.json.MalformedRecordException;
import dev.catnap.events.kafka.Records;
import dev.catnap.events.kafka.Topics;
import dev.catnap.kit.kafka.DeadLetters;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code catnap.commands} and hands each command on without waiting for it.
 *
 * <p>Why not a listener container? It would deliver nothing more while one command of the last poll
 * takes its time, and one slow start would hold up every wake behind it. An offset is committed
 * once the command and all before it in the partition are done; at most {@value #MOST_OUTSTANDING}
 * are under way, beyond that reading pauses.
 *
 * <p>After a restart the commands of the last minutes are read once more, only to know them again:
 * the policy decides anew what it had decided just before a crash of its own, under the same id,
 * and that must not be carried out a second time.
 */
public final class CommandListener implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CommandListener.class);
  private static final String TOPIC = Topics.COMMANDS.name();
  private static final int MOST_OUTSTANDING = 2_000;
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(3);
  private static final Duration COMMIT_WITHIN = Duration.ofSeconds(1);

  private final Supplier<Consumer<String, byte[]>> consumers;
  private final java.util.function.Consumer<ReceivedCommand> handler;
  private final java.util.function.Consumer<Command> known;
  private final DeadLetters deadLetters;
  private final CommandTraces traces;
  private final InstantSource clock;
  private final Duration longestAge;
  private final DoneOffsets offsets = new DoneOffsets();
  private final Map<Integer, Long> doneBefore = new HashMap<>();
  private final Thread thread;
  private volatile boolean closed;
  private long committedAt = System.nanoTime();

  /**
   * @param consumers makes a consumer of the host's own group, without automatic commits
   * @param handler returns at once
   * @param known told of commands that were done before this start
   * @param longestAge commands older than this are of no interest any more
   */
  public CommandListener(
      Supplier<Consumer<String, byte[]>> consumers,
      java.util.function.Consumer<ReceivedCommand> handler,
      java.util.function.Consumer<Command> known,
      DeadLetters deadLetters,
      CommandTraces traces,
      InstantSource clock,
      Duration longestAge) {
    this.consumers = consumers;
    this.handler = handler;
    this.known = known;
    this.deadLetters = deadLetters;
    this.traces = traces;
    this.clock = clock;
    this.longestAge = longestAge;
    this.thread = Thread.ofPlatform().daemon().name("commands").unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  private void run() {
    while (!closed) {
      try (Consumer<String, byte[]> consumer = consumers.get()) {
        consumer.subscribe(List.of(TOPIC), new Rebalance(consumer));
        read(consumer);
      } catch (WakeupException | InterruptException e) {
        // Asked to stop.
      } catch (KafkaException e) {
        log.atWarn().addKeyValue("cause", e.toString()).log("cannot read commands, trying again");
        rest();
      } catch (RuntimeException e) {
        log.atError().setCause(e).log("reading commands failed unexpectedly, trying again");
        rest();
      } finally {
        offsets.forgetAll();
      }
    }
  }

  private void rest() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  private void read(Consumer<String, byte[]> consumer) {
    boolean paused = false;
    while (!closed) {
      ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
      for (ConsumerRecord<String, byte[]> record : records) {
        take(record, clock.instant());
      }
      commitInTime(consumer, records.isEmpty());
      boolean full = offsets.outstanding() >= MOST_OUTSTANDING;
      if (full) {
        consumer.pause(consumer.assignment());
      } else if (paused) {
        consumer.resume(consumer.assignment());
      }
      paused = full;
    }
    commit(consumer);
  }

  private void take(ConsumerRecord<String, byte[]> record, Instant receivedAt) {
    if (record.offset() < doneBefore.getOrDefault(record.partition(), 0L)) {
      recognise(record);
      return;
    }
    offsets.begin(record.partition(), record.offset());
    Runnable done = () -> offsets.done(record.partition(), record.offset());
    @Nullable Command command;
    try {
      command = Records.read(Topics.COMMANDS, record);
    } catch (MalformedRecordException e) {
      deadLetters.publish(record, String.valueOf(e.getMessage()), "container-actuator");
      command = null;
    }
    if (command == null) {
      done.run();
    } else {
      Runnable ended = traces.received(command, record.headers(), receivedAt, done);
      handler.accept(new ReceivedCommand(command, receivedAt, ended));
    }
  }

  private void recognise(ConsumerRecord<String, byte[]> record) {
    try {
      Command command = Records.read(Topics.COMMANDS, record);
      if (command != null) {
        known.accept(command);
      }
    } catch (MalformedRecordException e) {
      // On the dead-letter topic since it was read the first time.
    }
  }

  /** Not while a command is on its way: the broker's work would stand before the wake's own. */
  private void commitInTime(Consumer<String, byte[]> consumer, boolean calm) {
    long now = System.nanoTime();
    if (calm || now - committedAt > COMMIT_WITHIN.toNanos()) {
      commit(consumer);
      committedAt = now;
    }
  }

  private void commit(Consumer<String, byte[]> consumer) {
    Map<Integer, Long> committable = offsets.committable();
    if (committable.isEmpty()) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> wanted = new HashMap<>();
    committable.forEach((partition, offset) ->
        wanted.put(new TopicPartition(TOPIC, partition), new OffsetAndMetadata(offset)));
    if (closed) {
      consumer.commitSync(wanted, CLOSE_WITHIN);
    } else {
      // One that fails is made good by the next: offsets only grow.
      consumer.commitAsync(wanted, (done, failure) -> {});
    }
    offsets.committed(committable);
  }

  private final class Rebalance implements ConsumerRebalanceListener {
    private final Consumer<String, byte[]> consumer;

    Rebalance(Consumer<String, byte[]> consumer) {
      this.consumer = consumer;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      commit(consumer);
      offsets.forgetAll();
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      offsets.forgetAll();
    }

    /**
     * Reads from {@code longestAge} ago: what was committed by then is recognised, the rest carried
     * out. Why not {@code auto.offset.reset=by_duration}? On an empty partition it takes a
     * request's whole timeout, 30 s, until the first record is read.
     */
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(partitions));
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      Map<TopicPartition, Long> since = new HashMap<>();
      long from = clock.instant().minus(longestAge).toEpochMilli();
      partitions.forEach(partition -> since.put(partition, from));
      consumer
          .offsetsForTimes(since)
          .forEach((partition, found) -> {
            long recent = found == null ? ends.getOrDefault(partition, 0L) : found.offset();
            OffsetAndMetadata done = committed.get(partition);
            doneBefore.put(partition.partition(), done == null ? 0L : done.offset());
            consumer.seek(partition, done == null ? recent : Math.min(recent, done.offset()));
          });
    }
  }

  /** Ends within a poll and a commit. */
  @Override
  public void close() {
    closed = true;
    try {
      thread.join(CLOSE_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
