package dev.catnap.cost.pricing.jpa;

import dev.catnap.cost.database.CostDatabase;
import dev.catnap.cost.pricing.RateCard;
import dev.catnap.cost.pricing.RateHistory;
import dev.catnap.cost.pricing.RateRules;
import dev.catnap.cost.pricing.RateRules.Candidate;
import dev.catnap.cost.pricing.RateVersion;
import dev.catnap.cost.pricing.Reprice;
import dev.catnap.events.InvalidFieldException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Rate cards and all their versions. Recorded one after the other; nothing is overwritten. */
public final class RateCards {
  /** Keeps the rules of all cards together quick to check. */
  private static final int MOST_CARDS = 500;

  private final CostDatabase database;
  private final RateVersionRepository versions;
  private final RepriceRepository reprices;
  private final TransactionTemplate transactions;
  private final Clock clock;

  RateCards(
      CostDatabase database,
      RateVersionRepository versions,
      RepriceRepository reprices,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.database = database;
    this.versions = versions;
    this.reprices = reprices;
    this.transactions = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  /**
   * A card to be recorded.
   *
   * @param card number of the card that it replaces; null: a new one
   * @param path what stands before the field in an error
   * @param name what errors call it
   */
  public record Change(@Nullable Long card, String path, String name, RateCard content) {}

  /** The cards that stand, in order of number. */
  public List<RateVersion> all() {
    return run(() -> List.copyOf(standing().values()));
  }

  public Optional<RateVersion> find(long card) {
    return run(() -> Optional.ofNullable(standing().get(card)));
  }

  /** Every version of every card, or of one, the oldest first. */
  public List<RateVersion> versions(@Nullable Long card) {
    return run(() -> recorded()).stream()
        .filter(version -> card == null || version.card() == card)
        .toList();
  }

  /** What is paid at any time, as of now. */
  public RateHistory history() {
    return run(() -> new RateHistory(recorded(), asked()));
  }

  /** The same as if this had been asked as well. */
  public RateHistory history(Reprice more) {
    return run(() -> {
      List<Reprice> all = new ArrayList<>(asked());
      all.add(more);
      return new RateHistory(recorded(), all);
    });
  }

  /**
   * @throws InvalidFieldException when it breaks a rule of {@link RateRules}
   */
  public RateVersion add(RateCard content, String by) {
    return record(List.of(new Change(null, "", "the new card", content)), by).getFirst();
  }

  /**
   * Records a new version of a card; hours that are over keep the one they were priced with.
   *
   * @return empty when there is no such card
   * @throws InvalidFieldException as {@link #add}
   */
  public Optional<RateVersion> replace(long card, RateCard content, String by) {
    return run(() ->
        standing().containsKey(card)
            ? Optional.of(
                record(List.of(new Change(card, "", "card " + card, content)), by).getFirst())
            : Optional.empty());
  }

  /**
   * @return false when there is no such card
   * @throws InvalidFieldException when the rest would break a rule of {@link RateRules}
   */
  public boolean remove(long card, String by) {
    return run(() -> {
      versions.lock();
      Map<Long, RateVersion> cards = standing();
      RateVersion removed = cards.remove(card);
      if (removed != null) {
        RateRules.check("", candidates(cards.values()));
        save(card, by, true, removed.content(), now());
      }
      return removed != null;
    });
  }

  /**
   * All of it or nothing.
   *
   * @return the new versions, in the order of the changes
   * @throws InvalidFieldException as {@link #add}
   */
  public List<RateVersion> record(List<Change> changes, String by) {
    return run(() -> {
      versions.lock();
      Map<Long, RateVersion> cards = standing();
      check(changes, cards);
      Instant now = now();
      List<RateVersion> saved = new ArrayList<>();
      long next = versions.highestCard() + 1;
      for (Change change : changes) {
        long card = change.card() == null ? next++ : change.card();
        saved.add(save(card, by, false, change.content(), now));
      }
      return saved;
    });
  }

  /**
   * As {@link #record}, without recording.
   *
   * @throws InvalidFieldException as {@link #add}
   */
  public void check(List<Change> changes) {
    run(() -> {
      check(changes, standing());
      return changes;
    });
  }

  private static void check(List<Change> changes, Map<Long, RateVersion> standing) {
    Map<Long, RateVersion> others = new LinkedHashMap<>(standing);
    changes.stream().map(Change::card).filter(Objects::nonNull).forEach(others::remove);
    List<Candidate> candidates = candidates(others.values());
    changes.forEach(
        change -> candidates.add(new Candidate(change.path(), change.name(), change.content())));
    if (candidates.size() > MOST_CARDS) {
      throw new InvalidFieldException(
          "rates", "must leave at most " + MOST_CARDS + " cards", candidates.size());
    }
    RateRules.check(changes.size() == 1 ? changes.getFirst().path() : "", candidates);
  }

  private static List<Candidate> candidates(Collection<RateVersion> cards) {
    List<Candidate> candidates = new ArrayList<>();
    cards.forEach(
        card -> candidates.add(new Candidate(null, "card " + card.card(), card.content())));
    return candidates;
  }

  private RateVersion save(long card, String by, boolean removed, RateCard content, Instant now) {
    return versions.save(new RateVersionRow(card, now, by, removed, content)).recorded();
  }

  /** Never before the last version, even where the clock went back. */
  private Instant now() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return recorded().stream().map(RateVersion::recordedAt).reduce(now, RateCards::later);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private List<RateVersion> recorded() {
    return versions.findAllByOrderByVersion().stream().map(RateVersionRow::recorded).toList();
  }

  private List<Reprice> asked() {
    return reprices.findAllByOrderById().stream().map(RepriceRow::reprice).toList();
  }

  private Map<Long, RateVersion> standing() {
    Map<Long, RateVersion> standing = new TreeMap<>();
    recorded().forEach(version -> standing.put(version.card(), version));
    standing.values().removeIf(RateVersion::removed);
    return standing;
  }

  private <T> T run(Supplier<T> work) {
    database.requireReady();
    return Objects.requireNonNull(transactions.execute(status -> work.get()));
  }
}
