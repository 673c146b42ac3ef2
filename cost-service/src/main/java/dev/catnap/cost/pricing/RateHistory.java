package dev.catnap.cost.pricing;

import dev.catnap.events.InvalidFieldException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What is paid at any time. An hour is priced by the cards as they were known when it ended: a card
 * recorded later does not change it, even if it claims to have held by then. Only where a {@link
 * Reprice} was asked later do the cards as known at its asking hold; of several, the last asked.
 *
 * <p>So the rate of an instant is a function of what was recorded, and a replay gives the same.
 */
public final class RateHistory {
  private static final Duration HOUR = Duration.ofHours(1);

  private final List<RateVersion> versions;
  private final List<Reprice> reprices;
  private final NavigableSet<Instant> changes = new TreeSet<>();
  // Each stretch between two changes is worked out once, when it is first asked for.
  private final Map<Instant, RatesInEffect> stretches = new ConcurrentHashMap<>();

  /**
   * @param cards at least one for everything and open; all known since ever
   */
  public RateHistory(Collection<Rates> cards) {
    this(sinceEver(List.copyOf(cards)), List.of());
  }

  /**
   * @param versions at least one card for everything and open, known since ever
   */
  public RateHistory(Collection<RateVersion> versions, Collection<Reprice> reprices) {
    if (versions.isEmpty()) {
      throw new IllegalArgumentException("there must be at least one rate card");
    }
    this.reprices = List.copyOf(reprices);
    this.versions =
        versions.stream()
            .sorted(
                Comparator.comparing(RateVersion::recordedAt).thenComparing(RateVersion::version))
            .toList();
    versions.forEach(this::noteChanges);
    reprices.forEach(reprice -> {
      changes.add(reprice.from());
      changes.add(reprice.to());
    });
  }

  private static List<RateVersion> sinceEver(List<Rates> cards) {
    List<RateVersion> versions = new ArrayList<>();
    cards.forEach(card ->
        versions.add(
            new RateVersion(
                versions.size() + 1L,
                versions.size() + 1L,
                RateVersion.SINCE_EVER,
                "start",
                false,
                card)));
    return versions;
  }

  private void noteChanges(RateVersion version) {
    changes.add(version.content().validFrom());
    Instant end = version.content().validTo();
    if (end != null) {
      changes.add(end);
    }
    changes.add(firstHourThatKnows(version.recordedAt()));
  }

  /** Begin of the first hour that ends no earlier. */
  private static Instant firstHourThatKnows(Instant recordedAt) {
    return recordedAt.minusNanos(1).truncatedTo(ChronoUnit.HOURS);
  }

  /**
   * What is paid.
   *
   * @param host where the container runs
   * @param labels of the newest definition of its service; empty where none is known
   */
  public Rates at(Instant time, String host, Map<String, String> labels) {
    return inEffectAt(time).rates(host, labels);
  }

  /** What everything costs that no card for a host or label is for. */
  public Rates atDefault(Instant time) {
    return at(time, "", Map.of());
  }

  /** The reservation that a container draws on; empty where there is none. */
  public Optional<ReservedCapacity> reservedAt(
      Instant time, String host, Map<String, String> labels) {
    return Optional.ofNullable(inEffectAt(time).reserved(host, labels));
  }

  /** All reservations in effect, as they begin. */
  public List<ReservedCapacity> reservedAt(Instant time) {
    return inEffectAt(time).versions().stream()
        .map(RateVersion::content)
        .filter(ReservedCapacity.class::isInstance)
        .map(ReservedCapacity.class::cast)
        .toList();
  }

  private RatesInEffect inEffectAt(Instant time) {
    Instant start = changes.floor(time);
    return stretches.computeIfAbsent(
        start == null ? Instant.MIN : start, any -> book(time).inEffectAt(time));
  }

  private RateBook book(Instant time) {
    Instant known = knownAt(time);
    List<RateVersion> recorded =
        versions.stream().filter(version -> !version.recordedAt().isAfter(known)).toList();
    return new RateBook(recorded.isEmpty() ? sinceTheFirst() : recorded);
  }

  /** Nothing is known before the first; what was recorded with it counts for then. */
  private List<RateVersion> sinceTheFirst() {
    Instant first = versions.getFirst().recordedAt();
    return versions.stream().filter(version -> version.recordedAt().equals(first)).toList();
  }

  /** Up to when what was recorded counts. */
  private Instant knownAt(Instant time) {
    Instant known = time.truncatedTo(ChronoUnit.HOURS).plus(HOUR);
    for (Reprice reprice : reprices) {
      if (reprice.covers(time) && reprice.askedAt().isAfter(known)) {
        known = reprice.askedAt();
      }
    }
    return known;
  }

  /** Versions in effect anywhere between two times, the latter exclusive, as they begin. */
  public List<RateVersion> within(Instant from, Instant to) {
    Set<RateVersion> within =
        new TreeSet<>(
            Comparator.comparing((RateVersion version) -> version.content().validFrom())
                .thenComparing(RateVersion::version));
    starts(from, to).forEach(start -> within.addAll(inEffectAt(start).versions()));
    return List.copyOf(within);
  }

  /**
   * The cards in effect from each change on, the first from the epoch on. Two histories that have
   * the same entries from an instant on, and at it, price alike from there on.
   */
  public SortedMap<Instant, List<RateCard>> inEffect() {
    SortedMap<Instant, List<RateCard>> stretches = new TreeMap<>();
    List<RateCard> last = List.of();
    for (Instant start : starts(Instant.EPOCH, Instant.MAX)) {
      List<RateCard> cards =
          inEffectAt(start).versions().stream().map(RateVersion::content).toList();
      if (!cards.equals(last)) {
        stretches.put(start, cards);
      }
      last = cards;
    }
    return stretches;
  }

  /**
   * All that rates of a window follow from: the cards in effect from its begin and from each of
   * {@link #changes} in it on.
   */
  public SortedMap<Instant, List<RateCard>> cards(Instant from, Instant to) {
    SortedMap<Instant, List<RateCard>> cards = new TreeMap<>();
    for (Instant start : starts(from, to)) {
      cards.put(start, inEffectAt(start).versions().stream().map(RateVersion::content).toList());
    }
    return cards;
  }

  /** Begins of the stretches in which nothing changes. */
  private List<Instant> starts(Instant from, Instant to) {
    List<Instant> starts = new ArrayList<>();
    starts.add(from);
    starts.addAll(changes.subSet(from, false, to, false));
    return starts;
  }

  /** When rates may change: where cards begin and end, become known, or are used anew. */
  public NavigableSet<Instant> changes() {
    return changes;
  }

  /**
   * The currency of what was paid between two times, the latter exclusive. Sums of two mean
   * nothing.
   *
   * @param field of the query that is to be named where there are two
   * @param firstPaid when anything was first paid, asked only where rates are in two currencies
   * @throws InvalidFieldException when there are two
   */
  public String currency(
      String field, Instant from, Instant to, Supplier<Optional<Instant>> firstPaid) {
    if (changeOfCurrency(from, to).isEmpty()) {
      return atDefault(from).currency();
    }
    Instant paid = firstPaid.get().filter(first -> first.isBefore(to)).orElse(to.minusNanos(1));
    Instant begin = paid.isAfter(from) ? paid : from;
    String first = atDefault(begin).currency();
    changeOfCurrency(begin, to)
        .ifPresent(change -> {
          throw new InvalidFieldException(
              field,
              "must not reach over the change of currency from "
                  + first
                  + " to "
                  + atDefault(change).currency()
                  + " at "
                  + change
                  + "; ask for either part, or reprice the earlier one",
              from);
        });
    return first;
  }

  private Optional<Instant> changeOfCurrency(Instant from, Instant to) {
    String first = atDefault(from).currency();
    return starts(from, to).stream()
        .filter(start -> !atDefault(start).currency().equals(first))
        .findFirst();
  }
}
