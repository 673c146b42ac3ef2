package dev.catnap.metrics.replay.kafka;

import dev.catnap.metrics.fold.Event;
import dev.catnap.metrics.fold.jdbc.FoldTransaction;
import dev.catnap.metrics.replay.Replay;
import dev.catnap.metrics.replay.jdbc.BackfillStore;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Folds a stretch of time once more into the tables in use: what is there already changes nothing,
 * what is missing is added. Days whose details are deleted are opened again where the log still has
 * all of them, and then folded for all services, because their sums follow from all details.
 */
final class Backfill {
  private final Log log;
  private final FoldTransaction folds;
  private final BackfillStore store;
  private final Clock clock;

  Backfill(Log log, FoldTransaction folds, BackfillStore store, Clock clock) {
    this.log = log;
    this.folds = folds;
    this.store = store;
    this.clock = clock;
  }

  /** Answers the rows of each table before and after. */
  Map<String, Replay.Counts> run(Replay replay, ReplayRun run) {
    Instant from = Objects.requireNonNull(replay.from());
    Log.Extent extent = log.extent(clock.instant());
    Map<String, Long> before = store.counts();
    Instant open = from.isAfter(extent.completeFrom()) ? from : extent.completeFrom();
    Set<LocalDate> opened = store.open(replay.id(), day(open), lastDay(replay));
    Map<TopicPartition, Long> begins = store.offsets(replay.id());
    if (begins.isEmpty()) {
      Instant midnight =
          from.atZone(ZoneOffset.UTC).toLocalDate().atStartOfDay().toInstant(ZoneOffset.UTC);
      begins = log.offsetsAt(opened.isEmpty() ? from : midnight, extent);
    }
    long total =
        extent.ends().values().stream().mapToLong(Long::longValue).sum()
            - begins.values().stream().mapToLong(Long::longValue).sum()
            + replay.progress().read();
    run.fold(
        folds,
        begins,
        extent.ends(),
        total,
        event -> isWanted(event, replay, opened),
        places -> store.save(replay.id(), places));
    return Rebuild.counts(before, store.counts());
  }

  private static boolean isWanted(Event event, Replay replay, Set<LocalDate> opened) {
    if (!(event instanceof Event.Changed) && opened.contains(event.day())) {
      return true;
    }
    Instant from = replay.from();
    Instant to = replay.to();
    return (from == null || !event.at().isBefore(from))
        && (to == null || event.at().isBefore(to))
        && (replay.service() == null || replay.service().equals(event.service()));
  }

  private LocalDate lastDay(Replay replay) {
    Instant to = replay.to();
    return day(to == null ? clock.instant() : to.minusNanos(1));
  }

  private static LocalDate day(Instant at) {
    return at.atZone(ZoneOffset.UTC).toLocalDate();
  }
}
