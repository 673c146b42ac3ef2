package dev.catnap.cost.pricing;

import dev.catnap.events.Check;
import dev.catnap.events.InvalidFieldException;
import java.time.Instant;
import java.util.Currency;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is agreed with whoever is paid, for a scope and a time.
 *
 * <p>Of the cards that hold at a time, label goes before host before default; within a scope the
 * one that began last decides. So a card without end holds until the next of its scope begins, and
 * again once a bounded one in between is over.
 */
public sealed interface RateCard permits Rates, ReservedCapacity {
  /** First instant it holds for. */
  Instant validFrom();

  /** First instant it no longer holds for; null: open. */
  @Nullable Instant validTo();

  RateScope scope();

  Purchase purchase();

  /** ISO 4217 code. */
  String currency();

  /** Whether it holds at a time. */
  default boolean holdsAt(Instant time) {
    Instant end = validTo();
    return !time.isBefore(validFrom()) && (end == null || time.isBefore(end));
  }

  /** The rules of the fields that every card has. */
  static void check(Instant validFrom, @Nullable Instant validTo, String currency) {
    Check.present("validFrom", validFrom);
    checkTime("validFrom", validFrom);
    if (validTo != null) {
      checkTime("validTo", validTo);
      if (!validTo.isAfter(validFrom)) {
        throw new InvalidFieldException(
            "validTo", "must be after validFrom, " + validFrom, validTo);
      }
    }
    if (currency == null || !Codes.ALL.contains(currency)) {
      throw new InvalidFieldException(
          "currency", "must be an ISO 4217 code of three capital letters, such as USD", currency);
    }
  }

  private static void checkTime(String field, Instant time) {
    if (time.isBefore(Instant.EPOCH) || time.getEpochSecond() > 253_402_214_400L) {
      throw new InvalidFieldException(field, "must lie between 1970 and 9999", time);
    }
  }

  /** The currencies there are. */
  final class Codes {
    private static final Set<String> ALL =
        Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    private Codes() {}
  }
}
