package dev.catnap.cost.focus.jdbc;

import dev.catnap.cost.focus.FocusVersion;
import dev.catnap.cost.focus.csv.DeflatedLines;
import dev.catnap.cost.ledger.KeptParts;
import dev.catnap.cost.ledger.Reservation;
import java.time.Instant;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lines of days of which everything is booked, as long as nothing of the day is booked again and no
 * service has another group or other labels: they stand in the lines, so then all are forgotten.
 */
final class KeptLines {
  private final long mostBytes;
  private volatile Named current;

  /**
   * What lines follow from beside what is booked.
   *
   * @param day its midnight
   * @param month only what is booked in it; null: all
   */
  record Key(Instant day, @Nullable YearMonth month, FocusVersion version) {}

  /** What definitions say that stands in lines. */
  private record Name(@Nullable String group, Map<String, String> labels) {}

  private record Named(Map<String, Name> names, KeptParts<Key, DeflatedLines> parts) {}

  /**
   * @param mostBytes that are kept, about
   */
  KeptLines(long mostBytes) {
    this.mostBytes = mostBytes;
    this.current = named(Map.of());
  }

  private Named named(Map<String, Name> names) {
    return new Named(names, new KeptParts<>(mostBytes, DeflatedLines::bytes));
  }

  /** What is kept of files in which services have these names. */
  KeptParts<Key, DeflatedLines> of(Map<String, Reservation> newest) {
    Map<String, Name> names = new HashMap<>();
    newest.forEach((service, one) -> names.put(service, new Name(one.group(), one.labels())));
    Named known = current;
    if (!known.names().equals(names)) {
      known = named(names);
      current = known;
    }
    return known.parts();
  }
}
