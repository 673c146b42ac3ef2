package dev.catnap.metrics.replay.kafka;

import dev.catnap.metrics.fold.Event;
import dev.catnap.metrics.fold.jdbc.FoldTransaction;
import dev.catnap.metrics.fold.jdbc.NextGeneration;
import dev.catnap.metrics.fold.jdbc.Retention;
import dev.catnap.metrics.replay.Replay;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Builds all tables anew beside those in use, from the whole log, and puts them in their place. How
 * far it is stands in the new tables themselves, so it goes on after a crash where it was.
 */
final class Rebuild {
  /** Opens the new tables; {@code true}: what an earlier attempt left is thrown away. */
  interface Opening {
    NextGeneration open(boolean anew);
  }

  private final Log log;
  private final Opening opening;
  private final Retention.Kept kept;
  private final Clock clock;

  Rebuild(Log log, Opening opening, Retention.Kept kept, Clock clock) {
    this.log = log;
    this.opening = opening;
    this.kept = kept;
    this.clock = clock;
  }

  /** Answers the rows of each table before and after. */
  Map<String, Replay.Counts> run(Replay replay, ReplayRun run) {
    boolean anew = replay.startedAt() == null;
    try (NextGeneration next = opening.open(anew)) {
      Log.Extent extent = log.extent(clock.instant());
      Instant reach = extent.completeFrom();
      if (anew && reach.isAfter(Instant.EPOCH)) {
        next.carryOverBefore(reach);
      }
      Predicate<Event> wanted =
          event -> event instanceof Event.Changed || !event.at().isBefore(reach);
      if (next.foldsOfMany() instanceof FoldTransaction many) {
        fold(run, many, extent, wanted);
      }
      next.settle();
      next.applyRetention(clock.instant(), kept);
      Map<String, Long> before = next.counts(false);
      FoldTransaction last = next.folds();
      next.replace(() -> {
        fold(run, last, log.extent(clock.instant()), wanted);
        run.requireWanted();
      });
      return counts(before, next.counts(false));
    }
  }

  private static void fold(
      ReplayRun run, FoldTransaction folds, Log.Extent extent, Predicate<Event> wanted) {
    run.fold(folds, folds.place().offsets(), extent.ends(), extent.records(), wanted, places -> {});
  }

  static Map<String, Replay.Counts> counts(Map<String, Long> before, Map<String, Long> after) {
    Map<String, Replay.Counts> counts = new TreeMap<>();
    after.forEach((table, rows) ->
        counts.put(table, new Replay.Counts(before.getOrDefault(table, 0L), rows)));
    return counts;
  }
}
