package dev.catnap.cost.ledger.jdbc;

import static dev.catnap.cost.Events.change;
import static dev.catnap.cost.Events.sample;
import static dev.catnap.cost.Events.stored;
import static dev.catnap.cost.ledger.jdbc.LedgerFixture.RATES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catnap.cost.commitment.jdbc.Reservations;
import dev.catnap.cost.ledger.Booking;
import dev.catnap.cost.ledger.Closing;
import dev.catnap.cost.ledger.LedgerLine;
import dev.catnap.cost.ledger.Posting;
import dev.catnap.cost.ledger.Postings.Detail;
import dev.catnap.cost.ledger.StateSpan;
import dev.catnap.cost.ledger.StepSum;
import dev.catnap.cost.pricing.RateHistory;
import dev.catnap.cost.pricing.Rates;
import dev.catnap.events.RunState;
import dev.catnap.testkit.PostgresServer;
import dev.catnap.testkit.WithPostgres;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

@WithPostgres
class LedgerTest {
  private static final Instant BEGIN = Instant.parse("2026-01-29T10:00:00Z");
  private static final Instant JANUARY_30 = Instant.parse("2026-01-30T00:00:00Z");
  private static final Instant FEBRUARY = Instant.parse("2026-02-01T00:00:00Z");
  private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant NOW = Instant.parse("2026-02-10T09:30:00Z");
  private static final long MIB = 1L << 20;

  private static final Set<RunState> RESTING = Set.of(RunState.SLEEPING, RunState.STOPPED);
  private static final Set<RunState> AWAKE = Set.of(RunState.WAKING, RunState.RUNNING);

  private static LedgerFixture fixture;

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
  }

  /** Booked in any steps, in any order, closed or not, read over any window. */
  @Test
  void ledger_is_what_the_facts_come_to() {
    for (int seed = 0; seed < 8; seed++) {
      Random random = new Random(seed);
      fixture.empty();
      // Some are longer than what a mean looks back to.
      int hours = seed % 4 == 0 ? 420 : 140;
      List<Object> events = new ArrayList<>(LedgerFixture.story(random, BEGIN, hours));
      events.addAll(events.subList(0, events.size() / 4));
      Collections.shuffle(events, random);
      for (int i = 0; i < events.size(); ) {
        int end = Math.min(events.size(), i + 1 + random.nextInt(120));
        fixture.store(events.subList(i, end));
        i = end;
        if (random.nextBoolean()) {
          fixture.book(NOW.minusSeconds(random.nextInt(1_500_000)), RATES);
        }
        if (random.nextInt(3) == 0) {
          fixture.closeAtOnce(NOW);
        }
        compare(random, seed, hours);
      }
      fixture.book(NOW, RATES);
      compare(random, seed, hours);
    }
  }

  /** Whatever was settled before, late facts, corrections, cards and labels count at once. */
  @Test
  void reservations_settled_before_are_what_the_facts_come_to() {
    for (int seed = 0; seed < 3; seed++) {
      Random random = new Random(seed);
      fixture.empty();
      Reservations reservations = new Reservations(fixture.jdbc);
      List<RateHistory> histories = SettledFigures.histories(BEGIN.plusSeconds(20_000));
      List<Object> events = new ArrayList<>(LedgerFixture.story(random, BEGIN, 140));
      for (int i = 0; i < 4; i++) {
        Instant at = BEGIN.plusSeconds(random.nextInt(500_000));
        events.add(SettledFigures.definition("web", i % 2 == 0 ? "blue" : "red", at));
      }
      Collections.shuffle(events, random);
      // Of most the first half, then one late fact after the other.
      fixture.store(events.subList(0, events.size() / 2));
      RateHistory rates = histories.getFirst();
      for (int i = events.size() / 2; i < events.size(); i += 1 + random.nextInt(40)) {
        fixture.store(events.subList(i, i + 1));
        if (random.nextInt(4) != 0) {
          fixture.book(NOW, rates);
        }
        if (random.nextInt(6) == 0) {
          rates = histories.get(random.nextInt(histories.size()));
        }
        if (random.nextInt(6) == 0) {
          fixture.closeAtOnce(NOW);
        }
        Instant from =
            random.nextBoolean() ? JANUARY_30 : BEGIN.plusMillis(random.nextInt(1 << 28));
        Instant to = random.nextBoolean() ? NOW : from.plusMillis(1 + random.nextInt(1 << 29));
        assertThat(SettledFigures.settled(fixture, reservations, from, to, rates))
            .as("seed %d, step %d, %s to %s", seed, i, from, to)
            .isEqualTo(SettledFigures.fromFacts(fixture, from, to, rates));
      }
    }
  }

  private static void compare(Random random, int seed, int hours) {
    Instant from = BEGIN.minusSeconds(40_000).plusMillis(random.nextInt(hours * 3_600_000));
    Instant to = from.plusMillis(1 + random.nextInt(500_000_000));
    assertThat(fixture.asRead(from, to, RATES))
        .as("seed %d, %s to %s", seed, from, to)
        .isEqualTo(fixture.asPriced(from, to, RATES));
    // Long enough for whole weeks.
    Instant later = from.plusMillis(1 + random.nextInt(2_000_000_000));
    assertThat(fixture.asRead(from, later, Detail.ITEMS, RATES))
        .as("seed %d, %s to %s", seed, from, later)
        .isEqualTo(fixture.asPriced(from, later, Detail.ITEMS, RATES));
    assertThat(fixture.database.read(() -> fixture.reader.wakes(from, to, RATES)))
        .as("seed %d, %s to %s", seed, from, to)
        .isEqualTo(wakes(from, to));
    Instant midnight = from.truncatedTo(ChronoUnit.DAYS);
    assertThat(bookedByDay(midnight, to))
        .as("seed %d, %s to %s", seed, midnight, to)
        .isEqualTo(bookedInAll(midnight, to));
  }

  /** By the states alone. */
  private static Map<String, Integer> wakes(Instant from, Instant to) {
    Map<String, Integer> wakes = new TreeMap<>();
    fixture
        .database
        .read(() -> new HistoryReader(fixture.jdbc).read(Instant.EPOCH, MARCH, List.of()))
        .forEach(history -> {
          List<StateSpan> spans = history.spans();
          for (int i = 1; i < spans.size(); i++) {
            Instant at = spans.get(i).from();
            boolean rested =
                RESTING.contains(spans.get(i - 1).state()) && at.equals(spans.get(i - 1).until());
            boolean woke = AWAKE.contains(spans.get(i).state());
            if (rested && woke && !at.isBefore(from) && at.isBefore(to)) {
              wakes.merge(history.service(), 1, Integer::sum);
            }
          }
        });
    return wakes;
  }

  private static BigDecimal bookedByDay(Instant from, Instant to) {
    Question question = new Question(from, to, List.of());
    return fixture
        .database
        .read(() -> fixture.reader.steps(question, Duration.ofDays(1), RATES))
        .stream()
        .map(StepSum::quantity)
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .setScale(0);
  }

  private static BigDecimal bookedInAll(Instant from, Instant to) {
    Question question = new Question(from, to, List.of("web", "tool"));
    return fixture
        .database
        .read(() -> fixture.reader.booked(question, Detail.ITEMS, RATES))
        .stream()
        .map(Posting::quantity)
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .setScale(0);
  }

  /** The database's session has the zone of this process; on 29 March a day there has 23 hours. */
  @Test
  void days_are_those_of_UTC_wherever_the_process_runs(PostgresServer postgres) {
    TimeZone zone = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
    try (LedgerFixture berlin = new LedgerFixture(postgres)) {
      Instant begin = Instant.parse("2026-03-27T00:00:00Z");
      berlin.store(LedgerFixture.story(new Random(5), begin, 120));
      berlin.book(Instant.parse("2026-04-10T09:30:00Z"), RATES);
      for (int day = 0; day < 4; day++) {
        Instant from = begin.plus(Duration.ofDays(day));
        Instant to = from.plus(Duration.ofDays(1));
        assertThat(berlin.asRead(from, to, RATES))
            .as("%s", from)
            .isEqualTo(berlin.asPriced(from, to, RATES));
      }
    } finally {
      TimeZone.setDefault(zone);
    }
  }

  @Test
  void steps_of_any_length_add_up_to_the_window() {
    fixture.store(LedgerFixture.story(new Random(3), BEGIN, 140));
    fixture.book(NOW, RATES);
    for (Duration step : List.of(Duration.ofMinutes(7), Duration.ofHours(1), Duration.ofDays(1))) {
      for (Instant from : List.of(Instant.parse("2026-01-30T00:00:00Z"), BEGIN.plusMillis(77))) {
        Question question = new Question(from, FEBRUARY.plusSeconds(7_777), List.of());
        List<StepSum> steps =
            fixture.database.read(() -> fixture.reader.steps(question, step, RATES));
        Map<Long, BigDecimal> expected = new TreeMap<>();
        for (Instant at = from; at.isBefore(question.to()); at = at.plus(step)) {
          Instant end = at.plus(step).isBefore(question.to()) ? at.plus(step) : question.to();
          BigDecimal sum =
              fixture.asPriced(at, end, RATES).entrySet().stream()
                  .filter(entry -> entry.getKey().endsWith("quantity"))
                  .map(Map.Entry::getValue)
                  .reduce(BigDecimal.ZERO, BigDecimal::add);
          expected.put(expected.size() + 0L, sum);
        }
        Map<Long, BigDecimal> found = new TreeMap<>();
        expected.keySet().forEach(key -> found.put(key, BigDecimal.ZERO));
        steps.forEach(one -> found.merge(one.step(), one.quantity(), BigDecimal::add));
        found.replaceAll((key, value) -> value.setScale(0));
        assertThat(found).as("%s from %s", step, from).isEqualTo(expected);
      }
    }
  }

  @Test
  void booking_again_and_facts_in_any_order_give_the_same_rows() {
    List<Object> events = LedgerFixture.story(new Random(1), BEGIN, 140);
    fixture.store(events);
    fixture.book(NOW, RATES);
    List<LedgerLine> lines = fixture.lines();
    List<Map<String, Object>> days = fixture.rows("ledger_day");
    List<Map<String, Object>> weeks = fixture.rows("ledger_week");
    assertThat(lines).hasSizeGreaterThan(400);
    fixture.store(events);
    fixture.jdbc.update("UPDATE ledger_container SET built_to = built_from");
    fixture.book(NOW, RATES);
    assertThat(fixture.lines()).isEqualTo(lines);
    assertThat(fixture.rows("ledger_day")).isEqualTo(days);
    assertThat(fixture.rows("ledger_week")).isEqualTo(weeks);
    fixture.empty();
    List<Object> mixed = new ArrayList<>(events);
    mixed.addAll(events.subList(0, 50));
    Collections.shuffle(mixed, new Random(2));
    for (int i = 0; i < mixed.size(); i += 40) {
      fixture.store(mixed.subList(i, Math.min(mixed.size(), i + 40)));
      fixture.book(NOW, RATES);
    }
    assertThat(fixture.lines()).isEqualTo(lines);
    assertThat(fixture.rows("ledger_day")).isEqualTo(days);
    assertThat(fixture.rows("ledger_week")).isEqualTo(weeks);
  }

  @Test
  void connection_that_breaks_in_the_middle_leaves_nothing_half() {
    fixture.store(LedgerFixture.story(new Random(1), BEGIN, 140));
    fixture.jdbc.execute(
        """
        CREATE FUNCTION break_off() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$
        """);
    fixture.jdbc.execute(
        "CREATE TRIGGER break_off BEFORE INSERT ON ledger_day EXECUTE FUNCTION break_off()");
    assertThatThrownBy(() -> fixture.book(NOW, RATES))
        .isInstanceOfAny(DataAccessException.class, TransactionException.class);
    assertThat(fixture.lines()).isEmpty();
    fixture.jdbc.execute("DROP FUNCTION break_off() CASCADE");
    fixture.book(NOW, RATES);
    assertThat(fixture.asRead(BEGIN, NOW, RATES)).isEqualTo(fixture.asPriced(BEGIN, NOW, RATES));
    assertThat(fixture.lines()).isNotEmpty();
  }

  /** Awake from the 29th on; later it is told that it slept from the 30th to the 31st. */
  @Test
  void late_event_in_a_closed_month_is_booked_as_corrections_in_the_open_one() {
    tellRunning();
    fixture.book(NOW, RATES);
    assertThat(fixture.closeAtOnce(NOW)).contains(FEBRUARY);
    List<LedgerLine> before = fixture.lines();
    Instant slept = Instant.parse("2026-01-30T12:20:00Z");
    Instant woke = Instant.parse("2026-01-30T13:10:00Z");
    fixture.store(
        List.of(
            change("web", RunState.RUNNING, RunState.SLEEPING, slept, 100 * MIB),
            change("web", RunState.SLEEPING, RunState.RUNNING, woke, null)));
    assertThat(read()).isEqualTo(priced());
    fixture.book(NOW, RATES);
    assertThat(read()).isEqualTo(priced());
    assertThat(fixture.lines()).containsAll(before);
    List<LedgerLine> corrections =
        fixture.lines().stream().filter(LedgerLine::isCorrection).toList();
    // Two hours of CPU and memory taken back; for each two pieces in its place.
    assertThat(corrections).hasSize(4 + 8);
    assertThat(corrections)
        .allSatisfy(line -> {
          assertThat(line.booking().month()).isEqualTo(YearMonth.of(2026, 2));
          assertThat(line.booking().reason()).isEqualTo(Booking.Reason.LATE_FACTS);
          assertThat(line.from()).isBetween(slept.minusSeconds(1_200), woke.plusSeconds(3_000));
          assertThat(line.quantity().signum()).isEqualTo(sign(line));
        });
  }

  /**
   * Stopped since the 29th with 4 GiB; later it is told that they were 6 from the 30th, 12:20 on.
   */
  @Test
  void storage_measured_late_corrects_a_closed_month_up_to_the_next_measure() {
    fixture.store(
        List.of(
            change("web", RunState.UNKNOWN, RunState.STOPPED, BEGIN, null),
            stored("web", BEGIN.plusSeconds(600), 4096 * MIB),
            stored("web", Instant.parse("2026-01-30T15:30:00Z"), 5120 * MIB)));
    fixture.book(NOW, RATES);
    fixture.closeAtOnce(NOW);
    List<LedgerLine> before = fixture.lines();
    fixture.store(List.of(stored("web", Instant.parse("2026-01-30T12:20:00Z"), 6144 * MIB)));
    fixture.book(NOW, RATES);
    assertThat(read()).isEqualTo(priced());
    assertThat(fixture.lines()).containsAll(before);
    List<LedgerLine> corrections =
        fixture.lines().stream().filter(LedgerLine::isCorrection).toList();
    // Of 12:00 to 15:00 each hour 4 GiB taken back and 6 booked.
    assertThat(corrections).hasSize(6);
    assertThat(corrections)
        .allMatch(line -> line.resource() == dev.catnap.cost.pricing.Resource.STORAGE);
    assertThat(
            corrections.stream().map(LedgerLine::quantity).reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo(
            BigDecimal.valueOf(3 * 2048 * MIB).multiply(new BigDecimal(3_600_000_000L)));
  }

  private static int sign(LedgerLine line) {
    if (line.booking().reversal()) {
      return -1;
    }
    boolean paused = line.state() == RunState.SLEEPING;
    return paused && line.resource() == dev.catnap.cost.pricing.Resource.CPU ? 0 : 1;
  }

  @Test
  void corrections_of_an_open_month_are_replaced_and_those_of_a_closed_one_stand() {
    tellRunning();
    fixture.book(NOW, RATES);
    fixture.closeAtOnce(NOW);
    Instant slept = Instant.parse("2026-01-30T12:20:00Z");
    fixture.store(List.of(change("web", RunState.RUNNING, RunState.SLEEPING, slept, 100 * MIB)));
    fixture.book(NOW, RATES);
    Instant woke = Instant.parse("2026-01-30T12:40:00Z");
    fixture.store(List.of(change("web", RunState.SLEEPING, RunState.RUNNING, woke, null)));
    fixture.book(NOW, RATES);
    List<LedgerLine> all = fixture.lines();
    // One hour of CPU and memory; what the first late event brought alone is gone.
    assertThat(all.stream().filter(LedgerLine::isCorrection)).hasSize(2 + 6);
    Instant later = MARCH.plus(Duration.ofDays(4));
    fixture.book(later, RATES);
    assertThat(fixture.closeAtOnce(later)).contains(MARCH);
    List<LedgerLine> closed = fixture.lines();
    fixture.store(
        List.of(
            change("web", RunState.RUNNING, RunState.SLEEPING, woke.plusSeconds(60), 50 * MIB),
            change("web", RunState.SLEEPING, RunState.RUNNING, woke.plusSeconds(120), null)));
    fixture.book(later, RATES);
    assertThat(fixture.lines()).containsAll(closed);
    assertThat(fixture.lines().stream().filter(LedgerLine::isCorrection))
        .anySatisfy(line -> assertThat(line.booking().month()).isEqualTo(YearMonth.of(2026, 3)));
    assertThat(read()).isEqualTo(priced());
  }

  @Test
  void other_rates_replace_what_is_open_and_correct_what_is_closed() {
    tellRunning();
    fixture.book(NOW, RATES);
    fixture.closeAtOnce(NOW);
    List<LedgerLine> january =
        fixture.lines().stream().filter(line -> line.from().isBefore(FEBRUARY)).toList();
    RateHistory dearer =
        new RateHistory(
            List.of(
                Rates.DEFAULT,
                new Rates(
                    Instant.parse("2026-01-31T12:00:00Z"),
                    new BigDecimal("0.06"),
                    new BigDecimal("0.01"),
                    new BigDecimal("0.1"),
                    BigDecimal.valueOf(720),
                    "USD")));
    assertThat(fixture.asRead(BEGIN, NOW, dearer)).isEqualTo(fixture.asPriced(BEGIN, NOW, dearer));
    fixture.book(NOW, dearer);
    assertThat(fixture.asRead(BEGIN, NOW, dearer)).isEqualTo(fixture.asPriced(BEGIN, NOW, dearer));
    assertThat(fixture.lines()).containsAll(january);
    List<LedgerLine> corrections =
        fixture.lines().stream().filter(LedgerLine::isCorrection).toList();
    // Twelve hours of CPU taken back and booked dearer.
    assertThat(corrections).hasSize(24);
    assertThat(corrections).allMatch(line -> line.booking().reason() == Booking.Reason.REPRICED);
    assertThat(fixture.lines().stream().filter(line -> !line.from().isBefore(FEBRUARY)))
        .noneMatch(LedgerLine::isCorrection)
        .filteredOn(line -> line.resource() == dev.catnap.cost.pricing.Resource.CPU)
        .allMatch(line -> line.rate().equals(new BigDecimal("0.06")));
  }

  @Test
  void month_is_closed_after_its_grace_when_it_is_quiet_and_booked() {
    tellRunning();
    Closing closing = new Closing(Duration.ofDays(3), Duration.ofHours(1));
    Instant graceEnds = FEBRUARY.plus(Duration.ofDays(3));
    assertThat(fixture.ledger.close(closing, graceEnds, Instant.EPOCH)).isEmpty();
    fixture.book(NOW, RATES);
    Instant touched = fixture.database.read(() -> new BuiltStore(fixture.jdbc).lastTouched());
    Instant quiet = touched.plus(Duration.ofHours(1));
    Closing ofNow = new Closing(Duration.between(FEBRUARY, quiet), Duration.ofHours(1));
    assertThat(fixture.ledger.close(ofNow, quiet.minusMillis(1), Instant.EPOCH)).isEmpty();
    assertThat(fixture.ledger.close(ofNow, quiet, quiet)).isEmpty();
    assertThat(fixture.ledger.close(ofNow, quiet, Instant.EPOCH)).contains(FEBRUARY);
    assertThat(fixture.ledger.close(ofNow, quiet, Instant.EPOCH)).isEmpty();
  }

  private static void tellRunning() {
    List<Object> events = new ArrayList<>();
    events.add(change("web", RunState.UNKNOWN, RunState.RUNNING, BEGIN, null));
    events.add(sample("web", BEGIN.plusSeconds(600), 60_000, 0.25, 256 * MIB));
    fixture.store(events);
  }

  private static Map<String, BigDecimal> read() {
    return fixture.asRead(BEGIN, NOW, RATES);
  }

  private static Map<String, BigDecimal> priced() {
    return fixture.asPriced(BEGIN, NOW, RATES);
  }
}
