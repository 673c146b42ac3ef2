package dev.catnap.cost.focus.jdbc;

import dev.catnap.cost.commitment.ReservedUse;
import dev.catnap.cost.commitment.Settlement;
import dev.catnap.cost.commitment.jdbc.Reservations;
import dev.catnap.cost.database.CostDatabase;
import dev.catnap.cost.focus.FocusAccount;
import dev.catnap.cost.focus.FocusQuestion;
import dev.catnap.cost.focus.FocusRow;
import dev.catnap.cost.focus.FocusRows;
import dev.catnap.cost.focus.FocusVersion;
import dev.catnap.cost.focus.csv.DeflatedLines;
import dev.catnap.cost.focus.csv.FocusCsv;
import dev.catnap.cost.focus.jdbc.FocusDays.Part;
import dev.catnap.cost.focus.jdbc.KeptLines.Key;
import dev.catnap.cost.ledger.KeptParts;
import dev.catnap.cost.ledger.Reservation;
import dev.catnap.cost.ledger.Span;
import dev.catnap.cost.ledger.jdbc.LedgerReader;
import dev.catnap.cost.ledger.jdbc.Question;
import dev.catnap.cost.pricing.RateHistory;
import dev.catnap.cost.report.Charge;
import dev.catnap.cost.report.jdbc.BookedCharges;
import dev.catnap.cost.report.jdbc.BookedCharges.Bookings;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Reads what a file is made of. Files of all services that have nothing to do with reservations are
 * made day by day, and the lines of days of which everything is booked are kept in memory until
 * lines of the ledger, groups or labels are others: a 32nd of the heap at most. Other files have
 * all their rows in memory at once.
 */
public final class FocusReader {
  private static final long MOST_KEPT_BYTES = Runtime.getRuntime().maxMemory() / 32;

  private final CostDatabase database;
  private final BookedCharges charges;
  private final FocusDays days;
  private final Supplier<RateHistory> cards;
  private final FocusAccount account;
  private final KeptLines kept = new KeptLines(MOST_KEPT_BYTES);

  public FocusReader(
      CostDatabase database,
      LedgerReader ledger,
      Reservations reservations,
      Supplier<RateHistory> cards,
      FocusAccount account) {
    this.database = database;
    this.charges = new BookedCharges(database.jdbc(), ledger, reservations);
    this.days = new FocusDays(database.jdbc(), ledger);
    this.cards = cards;
    this.account = account;
  }

  /** In order of time, service, container and resource. */
  public List<FocusRow> rows(FocusQuestion question) {
    RateHistory rates = cards.get();
    return database.read(() -> rows(question, rates));
  }

  private List<FocusRow> rows(FocusQuestion question, RateHistory rates) {
    YearMonth month = question.month();
    Bookings booked =
        month == null
            ? charges.within(
                new Question(question.from(), question.to(), question.services()), rates)
            : charges.in(month, question.to(), question.services(), rates);
    return FocusRows.of(booked.charges(), booked.settlement(), account).stream()
        .map(row -> row.within(question.begin(), question.to()))
        .toList();
  }

  /** The same rows as lines, in parts that follow each other. */
  public List<DeflatedLines> lines(FocusQuestion question, FocusVersion version) {
    RateHistory rates = cards.get();
    FocusCsv csv = new FocusCsv(version);
    return database.read(() -> {
      if (question.services().isEmpty()) {
        List<Part> parts = days.parts(question, rates);
        Instant first = parts.getFirst().span().from();
        if (ReservedUse.span(first, question.to(), rates).isEmpty()) {
          return byDay(question, parts, csv, rates);
        }
      }
      return List.of(csv.lines(rows(question, rates)));
    });
  }

  private List<DeflatedLines> byDay(
      FocusQuestion question, List<Part> parts, FocusCsv csv, RateHistory rates) {
    Map<String, Reservation> names = charges.names(List.of());
    KeptParts<Key, DeflatedLines> known = kept.of(names);
    List<DeflatedLines> all = new ArrayList<>();
    for (Part part : parts) {
      Span span = part.span();
      Long change = part.change();
      if (change == null) {
        all.add(lines(charges.within(span, rates, names), csv));
        continue;
      }
      Key key = new Key(span.from(), question.month(), csv.version());
      DeflatedLines lines = known.find(key, change);
      if (lines == null) {
        lines = lines(charges.ofDay(key.day(), key.month(), names), csv);
        known.keep(key, change, lines);
      }
      all.add(lines);
    }
    return all;
  }

  private DeflatedLines lines(List<Charge> charges, FocusCsv csv) {
    return csv.lines(FocusRows.of(charges, Settlement.NOTHING, account));
  }
}
