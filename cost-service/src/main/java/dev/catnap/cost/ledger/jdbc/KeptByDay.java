package dev.catnap.cost.ledger.jdbc;

import dev.catnap.cost.ledger.KeptParts;
import dev.catnap.cost.ledger.Span;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** What is booked by day, or by what a window has of it, read where it is not kept. */
final class KeptByDay<T> {
  private final KeptParts<Span, T> kept;
  private final T nothing;

  /**
   * @param mostBytes that are kept, about
   * @param bytes of a day, about
   * @param nothing of a day on which there is nothing
   */
  KeptByDay(long mostBytes, ToLongFunction<T> bytes, T nothing) {
    this.kept = new KeptParts<>(mostBytes, bytes);
    this.nothing = nothing;
  }

  /**
   * @param days or pieces of days, one after the other
   * @param changes of each
   * @param read what days of a stretch that has no gap have, by their midnight
   */
  void read(
      List<Span> days,
      Map<Span, Long> changes,
      Function<Span, Map<Instant, T>> read,
      BiConsumer<Span, T> into) {
    List<Span> missing = new ArrayList<>();
    for (Span day : days) {
      T found = kept.find(day, Objects.requireNonNull(changes.get(day)));
      if (found == null) {
        missing.add(day);
      } else {
        readMissing(missing, changes, read, into);
        into.accept(day, found);
      }
    }
    readMissing(missing, changes, read, into);
  }

  private void readMissing(
      List<Span> days,
      Map<Span, Long> changes,
      Function<Span, Map<Instant, T>> read,
      BiConsumer<Span, T> into) {
    if (days.isEmpty()) {
      return;
    }
    Map<Instant, T> found = read.apply(new Span(days.getFirst().from(), days.getLast().to()));
    for (Span day : days) {
      T value = found.getOrDefault(day.from().truncatedTo(ChronoUnit.DAYS), nothing);
      kept.keep(day, Objects.requireNonNull(changes.get(day)), value);
      into.accept(day, value);
    }
    days.clear();
  }
}
