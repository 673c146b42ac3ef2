package dev.catnap.cost.commitment;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Settlements of days and parts of days, kept in memory with what they follow from. Of a day the
 * whole, the last begin, the last end and the last piece between that were asked for. Where there
 * are too many the earliest days go first: what is asked for again and again is recent, and asking
 * for a year once must not push that out.
 */
public final class SettledDays {
  private final int most;
  private final NavigableMap<Part, Kept> parts =
      new TreeMap<>(
          Comparator.comparing(Part::day)
              .thenComparing(Part::fromMidnight)
              .thenComparing(Part::toMidnight));
  private int size;

  private record Part(Instant day, boolean fromMidnight, boolean toMidnight) {
    static Part of(Basis basis) {
      Instant day = basis.from().truncatedTo(ChronoUnit.DAYS);
      return new Part(
          day, basis.from().equals(day), basis.to().equals(day.plus(1, ChronoUnit.DAYS)));
    }
  }

  private record Kept(Basis basis, Settlement settlement) {
    int size() {
      return 1 + settlement.held().size() + settlement.drawn().size();
    }
  }

  /**
   * @param most parts of settlements that are kept, 1 or more
   */
  public SettledDays(int most) {
    this.most = most;
  }

  /** Null where it was not settled or is no longer right. */
  public synchronized @Nullable Settlement find(Basis basis) {
    Kept kept = parts.get(Part.of(basis));
    return kept == null || !kept.basis().equals(basis) ? null : kept.settlement();
  }

  public synchronized void keep(Basis basis, Settlement settlement) {
    Kept kept = new Kept(basis, settlement);
    Kept before = parts.put(Part.of(basis), kept);
    size += kept.size() - (before == null ? 0 : before.size());
    while (size > most) {
      size -= Objects.requireNonNull(parts.pollFirstEntry()).getValue().size();
    }
  }
}
