package dev.catnap.cost.ledger;

import dev.catnap.cost.pricing.Evidence;
import dev.catnap.cost.pricing.Interval;
import dev.catnap.cost.pricing.Level;
import dev.catnap.cost.pricing.Storage;
import dev.catnap.cost.pricing.Traffic;
import dev.catnap.events.RunState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the history of a container where anything that is priced changes: its state, the hour, its
 * definition, and wherever else the reader says. What is known of an instant does not depend on the
 * window it is asked in, so windows add up.
 *
 * <p>Reserved is what the definition sets aside; where it has no limit, the container's own limit
 * as last sampled; else nothing. Of storage only a definition sets something aside.
 */
public final class Slicer {
  private final NavigableSet<Instant> cuts = new TreeSet<>();
  private final Instant from;
  private final Instant to;

  /**
   * @param from inclusive
   * @param to exclusive; not after the present, since nothing is known of the future
   * @param cuts instants between which rates and steps of the report are the same
   */
  public Slicer(Instant from, Instant to, Collection<Instant> cuts) {
    this.from = from;
    this.to = to;
    this.cuts.addAll(cuts);
  }

  /** Hands the intervals of the window to {@code into}, in order of time. */
  public void slice(ContainerHistory history, Consumer<Interval> into) {
    slice(history, new UsageLevels(history.hours()), into);
  }

  /** The same where its levels are worked out already. */
  void slice(ContainerHistory history, UsageLevels levels, Consumer<Interval> into) {
    StorageLevels storage = new StorageLevels(history.storage());
    NavigableMap<Instant, Reservation> reservations = new TreeMap<>();
    history
        .reservations()
        .forEach(reservation -> reservations.put(reservation.since(), reservation));
    for (StateSpan span : history.spans()) {
      Instant start = later(span.from(), from);
      Instant end = span.until() == null ? to : earlier(span.until(), to);
      while (start.isBefore(end)) {
        Instant next = earlier(end, nextCut(start, reservations));
        into.accept(interval(history, span, start, next, levels, storage, reservations));
        start = next;
      }
    }
  }

  /** The same for a process of the suite: running, nothing set aside, used as measured. */
  public void slice(SuiteUse use, Consumer<Interval> into) {
    Instant start = later(use.from(), from);
    Instant end = earlier(use.to(), to);
    while (start.isBefore(end)) {
      Instant next = earlier(end, nextCut(start, new TreeMap<>()));
      into.accept(use.interval(start, next));
      start = next;
    }
  }

  private Instant nextCut(Instant start, NavigableMap<Instant, Reservation> reservations) {
    Instant next = hour(start).plus(1, ChronoUnit.HOURS);
    Instant cut = cuts.higher(start);
    Instant definition = reservations.higherKey(start);
    next = cut == null ? next : earlier(next, cut);
    return definition == null ? next : earlier(next, definition);
  }

  private static Interval interval(
      ContainerHistory history,
      StateSpan span,
      Instant start,
      Instant end,
      UsageLevels levels,
      StorageLevels storage,
      NavigableMap<Instant, Reservation> reservations) {
    Instant hour = hour(start);
    boolean resting = span.state() == RunState.SLEEPING || span.state() == RunState.STOPPED;
    Level awake = resting ? levels.wouldUse(hour) : levels.awake(hour);
    Reservation reservation = at(reservations, start);
    Evidence evidence = resting ? levels.earlierEvidence(hour) : levels.evidence(hour);
    return new Interval(
        history.service(),
        history.container(),
        span.host(),
        span.state(),
        start,
        end,
        reserved(reservation, levels.limits(hour)),
        awake,
        evidence,
        asleepBytes(span, levels.asleepBytes(hour)),
        Storage.of(reservation == null ? null : reservation.storageBytes(), storage.at(hour)),
        span.state() == RunState.STOPPED
            ? Traffic.NONE
            : levels.traffic(hour, span.state() == RunState.SLEEPING));
  }

  private static @Nullable Long asleepBytes(StateSpan span, @Nullable Long sampled) {
    if (span.state() != RunState.SLEEPING) {
      return null;
    }
    return sampled == null ? span.residentBytes() : sampled;
  }

  private static Level reserved(@Nullable Reservation definition, Level limits) {
    if (definition == null) {
      return limits;
    }
    Long nanoCores = definition.nanoCores();
    Long bytes = definition.bytes();
    return new Level(
        nanoCores == null ? limits.nanoCores() : nanoCores, bytes == null ? limits.bytes() : bytes);
  }

  private static @Nullable Reservation at(
      NavigableMap<Instant, Reservation> reservations, Instant time) {
    Map.Entry<Instant, Reservation> entry = reservations.floorEntry(time);
    if (entry == null) {
      entry = reservations.firstEntry();
    }
    return entry == null ? null : entry.getValue();
  }

  private static Instant hour(Instant time) {
    return time.truncatedTo(ChronoUnit.HOURS);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
