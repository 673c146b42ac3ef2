package dev.catnap.cost.ledger.jdbc;

import static dev.catnap.cost.ledger.jdbc.LedgerFixture.RATES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.cost.Events;
import dev.catnap.cost.commitment.jdbc.Reservations;
import dev.catnap.cost.focus.FocusAccount;
import dev.catnap.cost.focus.FocusColumn;
import dev.catnap.cost.focus.FocusColumns;
import dev.catnap.cost.focus.FocusQuestion;
import dev.catnap.cost.focus.FocusVersion;
import dev.catnap.cost.focus.csv.DeflatedLines;
import dev.catnap.cost.focus.jdbc.FocusReader;
import dev.catnap.cost.ledger.Booking;
import dev.catnap.cost.pricing.Cards;
import dev.catnap.cost.pricing.RateHistory;
import dev.catnap.cost.pricing.RateScope;
import dev.catnap.cost.pricing.Rates;
import dev.catnap.cost.report.Csv;
import dev.catnap.events.RunState;
import dev.catnap.testkit.PostgresServer;
import dev.catnap.testkit.WithPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithPostgres
class FocusKeptTest {
  private static final Instant BEGIN = Instant.parse("2026-01-29T10:00:00Z");
  private static final Instant FEBRUARY_10 = Instant.parse("2026-02-10T09:30:00Z");
  private static final Instant MARCH_5 = Instant.parse("2026-03-05T21:15:00Z");
  private static final YearMonth JANUARY = YearMonth.of(2026, 1);
  private static final int STORY_HOURS = 260;

  private static LedgerFixture fixture;

  private RateHistory rates;
  private FocusReader reader;

  @BeforeAll
  static void begin(PostgresServer postgres) {
    fixture = new LedgerFixture(postgres);
  }

  @AfterAll
  static void end() {
    fixture.close();
  }

  @BeforeEach
  void empty() {
    fixture.empty();
    rates = RATES;
    reader =
        new FocusReader(
            fixture.database,
            fixture.reader,
            new Reservations(fixture.jdbc),
            () -> rates,
            new FocusAccount("team-1", "Catnap"));
  }

  /**
   * Late facts, closings, corrections, other rates and labels between the questions: lines made day
   * by day, some of them kept, are those of all rows read at once.
   */
  @Test
  void lines_made_day_by_day_are_those_of_all_rows() throws IOException {
    StringBuilder found = new StringBuilder();
    for (int seed = 0; seed < 4; seed++) {
      Random random = new Random(seed);
      empty();
      List<Object> events = new ArrayList<>(LedgerFixture.story(random, BEGIN, STORY_HOURS));
      Collections.shuffle(events, random);
      fixture.store(events.subList(0, events.size() / 2));
      for (int i = events.size() / 2; i < events.size(); i += 1 + random.nextInt(60)) {
        Instant now = i < events.size() * 3 / 4 ? FEBRUARY_10 : MARCH_5;
        fixture.store(events.subList(i, i + 1));
        happen(random, now);
        for (int asked = 0; asked < 4; asked++) {
          FocusQuestion question = question(random, now);
          FocusVersion version = random.nextBoolean() ? FocusVersion.V1_2 : FocusVersion.V1_4;
          String lines = lines(question, version);
          assertThat(lines)
              .as("seed %d, step %d: %s", seed, i, question)
              .isEqualTo(rows(question, version));
          found.append(lines);
        }
      }
    }
    // A test of stories in which these never happen would prove little.
    assertThat(found).contains("Correction: ", ", reserved", "-0.06,", "team 1", "team 2");
  }

  private void happen(Random random, Instant now) {
    if (random.nextInt(6) == 0) {
      List<RateHistory> all = histories();
      rates = all.get(random.nextInt(all.size()));
    }
    if (random.nextInt(5) == 0) {
      Instant at = now.minusSeconds(random.nextInt(100_000));
      String team = "team " + random.nextInt(3);
      fixture.store(List.of(SettledFigures.definition("web", team, at)));
    }
    if (random.nextInt(4) != 0) {
      fixture.book(now, rates);
    }
    if (random.nextInt(4) == 0) {
      fixture.closeAtOnce(now);
    }
  }

  /** Dearer from a noon on, in a closed month and in an open one, and with capacity reserved. */
  private static List<RateHistory> histories() {
    List<RateHistory> all = new ArrayList<>(List.of(RATES, RATES));
    for (String noon : List.of("2026-01-30T12:00:00Z", "2026-02-04T12:00:00Z")) {
      Rates dearer = Cards.card("0.06", Instant.parse(noon), null, RateScope.EVERYTHING, "USD");
      all.add(new RateHistory(List.of(Rates.DEFAULT, dearer)));
    }
    all.add(SettledFigures.histories(BEGIN.plusSeconds(400_000)).getFirst());
    return all;
  }

  private static FocusQuestion question(Random random, Instant now) {
    if (random.nextBoolean()) {
      YearMonth month = JANUARY.plusMonths(random.nextInt(Booking.monthOf(now).getMonthValue()));
      Instant end = Booking.start(month.plusMonths(1));
      return FocusQuestion.ofMonth(month, end.isBefore(now) ? end : now, List.of());
    }
    Instant from = BEGIN.plusSeconds(random.nextInt(1_000_000));
    Instant midnight =
        Instant.parse("2026-01-30T00:00:00Z").plusSeconds(86_400L * random.nextInt(9));
    Instant begin = random.nextBoolean() ? midnight : from;
    Instant to = random.nextBoolean() ? now : begin.plusSeconds(1 + random.nextInt(1 << 20));
    List<String> services = random.nextInt(5) == 0 ? List.of("web") : List.of();
    return FocusQuestion.ofWindow(begin, to.isBefore(now) ? to : now, services);
  }

  private String lines(FocusQuestion question, FocusVersion version) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (DeflatedLines part : reader.lines(question, version)) {
      part.writeTo(bytes);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private String rows(FocusQuestion question, FocusVersion version) {
    List<FocusColumn> columns = FocusColumns.of(version);
    StringBuilder lines = new StringBuilder();
    reader
        .rows(question)
        .forEach(row ->
            lines.append(
                Csv.line(columns.stream().map(column -> column.value().apply(row)).toList())));
    return lines.toString();
  }

  /** What is written past the bookkeeping is seen once a day is read again. */
  @Test
  void day_is_read_again_once_it_is_booked_again_or_a_label_is_another() throws IOException {
    fixture.store(
        List.of(
            Events.change("web", RunState.UNKNOWN, RunState.RUNNING, BEGIN, null),
            Events.sample("web", BEGIN.plusSeconds(600), 60_000, 0.25, 1 << 28)));
    fixture.book(FEBRUARY_10, rates);
    Instant end = Booking.start(JANUARY.plusMonths(1));
    FocusQuestion january = FocusQuestion.ofMonth(JANUARY, end, List.of());
    String right = lines(january, FocusVersion.V1_2);
    fixture.jdbc.update("UPDATE ledger_day SET quantity = quantity * 2");
    String doubled = rows(january, FocusVersion.V1_2);
    assertThat(doubled).isNotEqualTo(right);
    assertThat(lines(january, FocusVersion.V1_2)).isEqualTo(right);
    fixture.store(List.of(SettledFigures.definition("web", "blue", MARCH_5)));
    fixture.jdbc.update("UPDATE ledger_container SET built_to = ?", Timestamp.from(FEBRUARY_10));
    String blue = lines(january, FocusVersion.V1_2);
    assertThat(blue).contains("blue").isEqualTo(rows(january, FocusVersion.V1_2));
    fixture.jdbc.update("UPDATE ledger_container SET built_to = ?", Timestamp.from(BEGIN));
    fixture.book(FEBRUARY_10, rates);
    assertThat(lines(january, FocusVersion.V1_2))
        .isNotEqualTo(blue)
        .isEqualTo(rows(january, FocusVersion.V1_2));
  }
}
