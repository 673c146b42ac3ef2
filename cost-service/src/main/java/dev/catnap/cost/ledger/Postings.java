package dev.catnap.cost.ledger;

import dev.catnap.cost.pricing.Resource;
import dev.catnap.events.RunState;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds up postings of the same key; exact. */
public final class Postings {
  private final Detail detail;
  private final Instant from;
  private final Map<Key, Posting> sums = new LinkedHashMap<>();

  /** What is told apart beside state, resource and rate. */
  public enum Detail {
    /** Service, container and host. */
    ITEMS,
    /** The same, the day of UTC, and the month it is booked in. */
    BOOKINGS
  }

  private record Key(
      Instant at,
      String service,
      String container,
      String host,
      RunState state,
      Resource resource,
      BigDecimal rate,
      String currency,
      @Nullable YearMonth booked) {}

  /**
   * @param from of the window
   */
  public Postings(Detail detail, Instant from) {
    this.detail = detail;
    this.from = from;
  }

  public void add(LedgerLine line) {
    add(
        detail == Detail.BOOKINGS
            ? Posting.of(line, line.from().truncatedTo(ChronoUnit.DAYS))
            : Posting.of(line, from).anyMonth());
  }

  /** Adds what has the detail already. */
  public void add(Posting posting) {
    sums.merge(
        new Key(
            posting.at(),
            posting.service(),
            posting.container(),
            posting.host(),
            posting.state(),
            posting.resource(),
            posting.rate(),
            posting.currency(),
            posting.booked()),
        posting,
        (one, other) -> one.plus(other));
  }

  public List<Posting> all() {
    return List.copyOf(sums.values());
  }
}
