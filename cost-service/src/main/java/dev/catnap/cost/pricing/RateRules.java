package dev.catnap.cost.pricing;

import dev.catnap.events.InvalidFieldException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rules of all cards together, held whenever one is recorded, so that reading never finds two
 * cards that would decide alike, none at all, or two currencies at one time.
 */
public final class RateRules {
  /**
   * A card among those that would stand.
   *
   * @param path what stands before the field in an error, such as {@code rates[2].}; null: the card
   *     stands already and is not what is wrong
   * @param name what others call it, such as {@code card 3}
   */
  public record Candidate(@Nullable String path, String name, RateCard card) {
    private String field(String field) {
      return path == null ? field : path + field;
    }
  }

  private RateRules() {}

  /** Whether two cards are for the same, so that their times must not clash. */
  static boolean rivals(RateCard one, RateCard other) {
    return one.scope().equals(other.scope()) && sameKind(one, other);
  }

  /** Prices and reservations are looked up apart. */
  private static boolean sameKind(RateCard one, RateCard other) {
    return (one instanceof ReservedCapacity) == (other instanceof ReservedCapacity);
  }

  /** Whether one is the other, perhaps at other prices. */
  public static boolean sameSlot(RateCard one, RateCard other) {
    return rivals(one, other) && one.validFrom().equals(other.validFrom());
  }

  /**
   * @param path of what is being changed, for errors that concern no single card
   * @throws InvalidFieldException naming field, rule and value of the first that breaks a rule
   */
  public static void check(String path, List<Candidate> cards) {
    for (int i = 0; i < cards.size(); i++) {
      for (int j = 0; j < i; j++) {
        Candidate one = cards.get(i);
        Candidate other = cards.get(j);
        // What is being changed is named, not what stood before.
        checkPair(one.path() == null ? other : one, one.path() == null ? one : other);
      }
    }
    checkOpenDefault(path, cards);
    checkCurrencies(path, cards);
  }

  private static void checkPair(Candidate changed, Candidate other) {
    if (rivals(changed.card(), other.card())) {
      checkTimes(changed, other);
    } else {
      checkLabels(changed, other);
    }
  }

  private static void checkTimes(Candidate changed, Candidate other) {
    RateCard card = changed.card();
    RateCard rival = other.card();
    String scope = "(" + card.scope() + "), " + other.name();
    if (card.validFrom().equals(rival.validFrom())) {
      throw new InvalidFieldException(
          changed.field("validFrom"),
          "must not be that of another card of its scope " + scope,
          card.validFrom());
    }
    if (card.validFrom().isBefore(rival.validFrom()) && endsAfter(card, rival.validFrom())) {
      throw new InvalidFieldException(
          changed.field("validTo"),
          "must not be after " + rival.validFrom() + ", when the next of its scope begins " + scope,
          card.validTo());
    }
    boolean within = rival.validFrom().isBefore(card.validFrom());
    if (within && endsAfter(rival, card.validFrom())) {
      throw new InvalidFieldException(
          changed.field("validFrom"),
          "must not be before " + rival.validTo() + ", the end of another of its scope " + scope,
          card.validFrom());
    }
  }

  private static boolean endsAfter(RateCard card, Instant time) {
    Instant end = card.validTo();
    return end != null && end.isAfter(time);
  }

  /** A service could have both labels, and neither would come first. */
  private static void checkLabels(Candidate changed, Candidate other) {
    RateScope scope = changed.card().scope();
    RateScope others = other.card().scope();
    boolean labels = scope.kind() == RateScope.Kind.LABEL && others.kind() == RateScope.Kind.LABEL;
    if (labels
        && sameKind(changed.card(), other.card())
        && !scope.labelName().equals(others.labelName())
        && overlap(changed.card(), other.card())) {
      throw new InvalidFieldException(
          changed.field("label"),
          "must be of the same name, "
              + others.labelName()
              + ", as that of "
              + other.name()
              + ", which holds at the same time: a service could have both labels",
          scope.value());
    }
  }

  private static boolean overlap(RateCard one, RateCard other) {
    return beginsBeforeEnd(one, other) && beginsBeforeEnd(other, one);
  }

  private static boolean beginsBeforeEnd(RateCard one, RateCard other) {
    Instant end = other.validTo();
    return end == null || one.validFrom().isBefore(end);
  }

  private static void checkOpenDefault(String path, Collection<Candidate> cards) {
    boolean open =
        cards.stream()
            .map(Candidate::card)
            .anyMatch(card ->
                card instanceof Rates
                    && card.scope().kind() == RateScope.Kind.DEFAULT
                    && card.validTo() == null);
    if (!open) {
      throw new InvalidFieldException(
          path + "validTo",
          "must leave a card without end, for neither host nor label, that holds where no other does",
          null);
    }
  }

  private static void checkCurrencies(String path, List<Candidate> cards) {
    RateBook book =
        new RateBook(
            cards.stream()
                .map(one ->
                    new RateVersion(
                        0, cards.indexOf(one), RateVersion.SINCE_EVER, "", false, one.card()))
                .toList());
    TreeSet<Instant> times = new TreeSet<>();
    for (Candidate one : cards) {
      times.add(one.card().validFrom());
      Instant end = one.card().validTo();
      if (end != null) {
        times.add(end);
      }
    }
    for (Instant time : times) {
      List<RateCard> holding =
          book.inEffectAt(time).versions().stream()
              .map(RateVersion::content)
              .sorted(Comparator.comparing((RateCard card) -> card.scope().kind()).reversed())
              .toList();
      checkSame(path, time, holding);
    }
  }

  private static void checkSame(String path, Instant time, List<RateCard> holding) {
    String first = holding.getFirst().currency();
    for (RateCard card : holding) {
      if (!card.currency().equals(first)) {
        throw new InvalidFieldException(
            path + "currency",
            "must be that of all cards that hold at the same time; at "
                + time
                + " default is in "
                + first
                + ", that of "
                + card.scope()
                + " is not",
            card.currency());
      }
    }
  }
}
