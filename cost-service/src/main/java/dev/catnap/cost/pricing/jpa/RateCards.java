package dev.catnap.cost.pricing.jpa;

import dev.catnap.cost.database.CostDatabase;
import dev.catnap.cost.pricing.RateHistory;
import dev.catnap.cost.pricing.Rates;
import dev.catnap.events.InvalidFieldException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The rate cards there are. All are in one currency, because sums of two mean nothing. */
public final class RateCards {
  private final CostDatabase database;
  private final RateCardRepository cards;
  private final TransactionTemplate transactions;

  RateCards(
      CostDatabase database, RateCardRepository cards, PlatformTransactionManager transactions) {
    this.database = database;
    this.cards = cards;
    this.transactions = new TransactionTemplate(transactions);
  }

  /** In order of time. */
  public List<RateCard> all() {
    return run(cards::findAllByOrderByValidFrom);
  }

  public Optional<RateCard> find(long id) {
    return run(() -> cards.findById(id));
  }

  public RateHistory history() {
    return new RateHistory(all().stream().map(RateCard::rates).toList());
  }

  /**
   * @throws InvalidFieldException when another card is in another currency or begins at the same
   *     time
   */
  public RateCard add(Rates rates) {
    return run(() -> {
      RateCard card = new RateCard(rates);
      checkAgainstOthers(card);
      return cards.save(card);
    });
  }

  /**
   * Replaces a card; what it was valid for costs anew from then on.
   *
   * @return empty when there is no such card
   * @throws InvalidFieldException as {@link #add}
   */
  public Optional<RateCard> replace(long id, Rates rates) {
    return run(() -> {
      Optional<RateCard> card = cards.findById(id);
      card.ifPresent(found -> {
        found.set(rates);
        checkAgainstOthers(found);
      });
      return card;
    });
  }

  private void checkAgainstOthers(RateCard card) {
    Rates rates = card.rates();
    for (RateCard other : cards.findAll()) {
      if (Objects.equals(other.id(), card.id())) {
        continue;
      }
      Rates others = other.rates();
      if (!others.currency().equals(rates.currency())) {
        throw new InvalidFieldException(
            "currency", "must be that of all cards, " + others.currency(), rates.currency());
      }
      if (others.validFrom().equals(rates.validFrom())) {
        throw new InvalidFieldException(
            "validFrom", "must not be that of another card, " + other.id(), rates.validFrom());
      }
    }
  }

  private <T> T run(Supplier<T> work) {
    database.requireReady();
    return Objects.requireNonNull(transactions.execute(status -> work.get()));
  }
}
