package dev.catnap.cost.ledger.jdbc;

import dev.catnap.cost.pricing.RateHistory;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The rate cards that booked lines were priced with. To be called within a transaction. */
final class BookedRates {
  /** All cards in effect from an instant on. */
  private record Card(Instant since, String text) {}

  private final JdbcTemplate jdbc;

  BookedRates(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** From when on these rates are others than those booked with; null: they are the same. */
  @Nullable Instant differsSince(RateHistory rates) {
    Set<Card> now = cards(rates);
    Set<Card> booked =
        Set.copyOf(
            jdbc.query(
                "SELECT valid_from, card FROM ledger_rates",
                (row, number) ->
                    new Card(
                        row.getObject(1, OffsetDateTime.class).toInstant(), row.getString(2))));
    Instant since =
        Stream.concat(
                now.stream().filter(card -> !booked.contains(card)),
                booked.stream().filter(card -> !now.contains(card)))
            .map(Card::since)
            .min(Instant::compareTo)
            .orElse(null);
    // The first card speaks for the time before it as well.
    boolean first =
        since != null
            && (!since.isAfter(first(now)) || booked.isEmpty() || !since.isAfter(first(booked)));
    return first ? Instant.EPOCH : since;
  }

  private static Instant first(Set<Card> cards) {
    return cards.stream().map(Card::since).min(Instant::compareTo).orElse(Instant.EPOCH);
  }

  private static Set<Card> cards(RateHistory rates) {
    return rates.inEffect().entrySet().stream()
        .map(stretch -> new Card(stretch.getKey(), stretch.getValue().toString()))
        .collect(Collectors.toCollection(HashSet::new));
  }

  void save(RateHistory rates) {
    jdbc.update("DELETE FROM ledger_rates");
    List<Object[]> rows =
        cards(rates).stream()
            .map(card -> new Object[] {Timestamp.from(card.since()), card.text()})
            .toList();
    jdbc.batchUpdate("INSERT INTO ledger_rates (valid_from, card) VALUES (?, ?)", rows);
  }
}
