package dev.catnap.metrics.replay.kafka;

import dev.catnap.metrics.fold.Event;
import dev.catnap.metrics.fold.jdbc.FoldTransaction;
import dev.catnap.metrics.fold.kafka.Folding;
import dev.catnap.metrics.replay.Replay;
import dev.catnap.metrics.replay.jdbc.ReplayStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Folds a stretch of the log, some partitions at the same time, and tells how far it is. What
 * cannot be folded was put aside when it was first read.
 */
final class ReplayRun {
  /** It was interrupted by somebody, or the program is being stopped. */
  static final class InterruptedReplay extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static final long TELL_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Replay replay;
  private final ReplayStore store;
  private final Log log;
  private final Clock clock;
  private final int readers;
  private final AtomicLong read;
  private final AtomicLong toldAtNanos = new AtomicLong(System.nanoTime());

  ReplayRun(Replay replay, ReplayStore store, Log log, Clock clock, int readers) {
    this.replay = replay;
    this.store = store;
    this.log = log;
    this.clock = clock;
    this.readers = readers;
    this.read = new AtomicLong(replay.progress().read());
  }

  /**
   * @param position after each batch: where its reader stands
   */
  void fold(
      FoldTransaction folds,
      Map<TopicPartition, Long> from,
      Map<TopicPartition, Long> ends,
      long total,
      Predicate<Event> wanted,
      java.util.function.Consumer<Map<TopicPartition, Long>> position) {
    // Apart from those of the service: a record folded again has no lag that means anything.
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    try (ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      Supplier<Folding> folding =
          () -> new Folding(folds, (record, reason) -> {}, meters, clock, wanted);
      int generation = folds.place().generation();
      List<Future<?>> shares = new ArrayList<>();
      for (LogReader reader : log.readers(readers, from, ends)) {
        shares.add(threads.submit(() -> share(reader, folding.get(), generation, total, position)));
      }
      await(shares);
    }
    folds.rollUp();
  }

  private void share(
      LogReader reader,
      Folding folding,
      int generation,
      long total,
      java.util.function.Consumer<Map<TopicPartition, Long>> position) {
    try (reader) {
      while (!reader.isDone()) {
        List<ConsumerRecord<String, byte[]>> records = reader.next();
        if (!records.isEmpty()) {
          // All of it is a burst: sums are computed now and then.
          folding.fold(records, generation, true);
          position.accept(reader.positions());
        }
        long all = read.addAndGet(records.size());
        if (isTimeToTell() || reader.isDone()) {
          tell(all, total);
        }
      }
    }
  }

  /** Each time is a write that waits for the disk. */
  private boolean isTimeToTell() {
    long last = toldAtNanos.get();
    long now = System.nanoTime();
    return now - last >= TELL_EVERY_NANOS && toldAtNanos.compareAndSet(last, now);
  }

  /**
   * Before the step that cannot be taken back.
   *
   * @throws InterruptedReplay when somebody interrupted it meanwhile
   */
  void requireWanted() {
    if (store.find(replay.id()).stream().noneMatch(now -> now.state() == Replay.State.RUNNING)) {
      throw new InterruptedReplay();
    }
  }

  private void tell(long records, long total) {
    if (!store.progress(replay.id(), Math.min(records, total), total)) {
      throw new InterruptedReplay();
    }
  }

  private static void await(List<Future<?>> shares) {
    try {
      for (Future<?> share : shares) {
        share.get();
      }
    } catch (ExecutionException e) {
      shares.forEach(share -> share.cancel(true));
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      shares.forEach(share -> share.cancel(true));
      Thread.currentThread().interrupt();
      throw new InterruptedReplay();
    }
  }
}
