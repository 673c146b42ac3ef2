package dev.catnap.metrics.fold.kafka;

import dev.catnap.events.json.MalformedRecordException;
import dev.catnap.metrics.fold.Event;
import dev.catnap.metrics.fold.jdbc.FoldTransaction;
import dev.catnap.metrics.storage.jdbc.OffsetStore.Progress;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folds records, a batch a transaction. What cannot be read, or is refused by the database however
 * it is offered, is put aside; for everything else that fails the batch is to be tried again.
 *
 * <p>Counters by topic: {@code catnap_fold_records_total} = folded (known ones too) + {@code
 * catnap_fold_too_late_total} + put aside ({@code catnap_dead_letters_total}, {@code
 * catnap_fold_passed_over_total}). Timer {@code catnap_fold_lag_seconds}: from a record's time to
 * its being in the tables.
 */
public final class Folding {
  private static final Logger log = LoggerFactory.getLogger(Folding.class);

  private final FoldTransaction folds;
  private final PutAside rejects;
  private final MeterRegistry meters;
  private final Clock clock;
  private final SumsInTime sums;
  private final Predicate<Event> wanted;

  /**
   * @param wanted which events are folded; the others are passed over
   */
  public Folding(
      FoldTransaction folds,
      PutAside rejects,
      MeterRegistry meters,
      Clock clock,
      Predicate<Event> wanted) {
    this.wanted = wanted;
    this.folds = folds;
    this.rejects = rejects;
    this.meters = meters;
    this.clock = clock;
    this.sums = new SumsInTime(folds::rollUp, folds::rollUp);
  }

  private record Read(ConsumerRecord<String, byte[]> record, Event event) {}

  /** Nothing comes at the moment: time for the sums that were left. */
  public void idle() {
    sums.idle();
  }

  /** Other partitions are read from now on. */
  public void assigned() {
    sums.othersMayHaveLeftSome();
  }

  /**
   * @param generation of which the tables stood where these records begin
   * @param behind whether there are more in the log; else the sums are computed at once
   */
  public void fold(List<ConsumerRecord<String, byte[]>> records, int generation, boolean behind) {
    List<Read> readable = new ArrayList<>();
    Map<TopicPartition, Progress> progress = new HashMap<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      Instant at = Instant.EPOCH;
      try {
        Event event = RecordReader.read(record);
        if (wanted.test(event)) {
          readable.add(new Read(record, event));
        }
        at = event.at();
      } catch (MalformedRecordException e) {
        rejects.putAside(record, String.valueOf(e.getMessage()));
      }
      progress.merge(
          new TopicPartition(record.topic(), record.partition()),
          new Progress(record.offset() + 1, at),
          Progress::and);
    }
    store(readable, progress, generation, !behind);
    sums.folded(services(readable), !behind);
    count(records);
  }

  private static Set<String> services(List<Read> readable) {
    return readable.stream().map(read -> read.event().service()).collect(Collectors.toSet());
  }

  private void store(
      List<Read> readable,
      Map<TopicPartition, Progress> progress,
      int generation,
      boolean andRollUp) {
    try {
      List<Event> events = readable.stream().map(Read::event).toList();
      tooLate(folds.fold(events, progress, generation, andRollUp));
    } catch (RuntimeException e) {
      if (!isRefused(e)) {
        throw e;
      }
      log.atWarn().addKeyValue("reason", e.toString()).log("batch refused, folding one by one");
      readable.forEach(read -> storeAlone(read, generation));
      folds.fold(List.of(), progress, generation, false);
    }
  }

  private void storeAlone(Read read, int generation) {
    try {
      tooLate(folds.fold(List.of(read.event()), Map.of(), generation, true));
    } catch (RuntimeException e) {
      if (!isRefused(e)) {
        throw e;
      }
      rejects.putAside(read.record(), "refused by the database: " + e.getMessage());
    }
  }

  /** SQL states 22, 23 and 54: the row itself is refused, trying again gives the same. */
  private static boolean isRefused(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql
          && sql.getSQLState() instanceof String state
          && (state.startsWith("22") || state.startsWith("23") || state.startsWith("54"))) {
        return true;
      }
    }
    return false;
  }

  private void tooLate(int records) {
    if (records > 0) {
      meters.counter("catnap.fold.too.late").increment(records);
      log.atWarn()
          .addKeyValue("records", records)
          .log("left out: of days whose details are deleted; see raw-retention");
    }
  }

  private void count(List<ConsumerRecord<String, byte[]>> records) {
    Instant now = clock.instant();
    Map<String, Timer> timers = new HashMap<>();
    Map<String, Integer> counts = new HashMap<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      counts.merge(record.topic(), 1, Integer::sum);
      Duration lag = Duration.between(Instant.ofEpochMilli(record.timestamp()), now);
      timers
          .computeIfAbsent(record.topic(), topic -> meters.timer("catnap.fold.lag", "topic", topic))
          .record(lag.isNegative() ? Duration.ZERO : lag);
    }
    counts.forEach(
        (topic, count) -> meters.counter("catnap.fold.records", "topic", topic).increment(count));
  }
}
