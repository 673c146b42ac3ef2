package dev.catnap.metrics.history;

import static dev.catnap.metrics.Changes.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import dev.catnap.metrics.Changes;
import dev.catnap.metrics.MetricsTables;
import dev.catnap.metrics.fold.Event;
import dev.catnap.metrics.fold.jdbc.FoldTransaction;
import dev.catnap.metrics.fold.jdbc.NextGeneration;
import dev.catnap.metrics.history.jdbc.StateRollups;
import dev.catnap.metrics.history.jdbc.StateTimesQuery;
import dev.catnap.metrics.storage.jdbc.MetricsDatabase;
import dev.catnap.metrics.trend.Question;
import dev.catnap.metrics.trend.Series;
import dev.catnap.metrics.trend.TrendMetric;
import dev.catnap.metrics.trend.jdbc.TrendQuery;
import dev.catnap.metrics.window.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** What sums and single intervals say together is what all intervals say, in any window. */
class StateTimesProperties {
  private static final Duration QUARTER = Duration.ofHours(6);
  private static final long DAYS_3 = Duration.ofDays(3).toSeconds();
  private static MetricsTables tables;
  private static MetricsDatabase database;

  private record Stretch(
      String service, RunState state, RunState before, Instant from, Instant to) {
    boolean isSeenIn(TimeWindow window) {
      return from.isBefore(window.to())
          && (to.isAfter(window.from()) || !from.isBefore(window.from()));
    }

    double secondsIn(TimeWindow window) {
      Instant begun = from.isAfter(window.from()) ? from : window.from();
      Instant over = to.isBefore(window.to()) ? to : window.to();
      return Duration.between(begun, over).toNanos() / 1e9;
    }

    boolean cameIn(TimeWindow window) {
      return !from.isBefore(window.from()) && before != state && before != RunState.UNKNOWN;
    }
  }

  @BeforeContainer
  static void open() {
    tables = new MetricsTables();
    database = tables.database();
  }

  @AfterContainer
  static void close() {
    tables.close();
  }

  @Property(tries = 25)
  void timesInAnyWindow(
      @ForAll("changes") List<StateChange> changes,
      @ForAll("windows") TimeWindow window,
      @ForAll boolean one) {
    fold(changes);

    Map<String, StateTimes> times =
        new StateTimesQuery(database).times(window, one ? List.of("web") : null);

    List<Stretch> seen =
        stretches().stream()
            .filter(stretch -> stretch.isSeenIn(window))
            .filter(stretch -> !one || stretch.service().equals("web"))
            .toList();
    assertThat(times.keySet()).isEqualTo(services(seen));
    times.forEach((service, found) -> {
      List<Stretch> own = seen.stream().filter(s -> s.service().equals(service)).toList();
      assertThat(found.containers()).isEqualTo(1);
      assertThat(found.secondsObserved()).isCloseTo(seconds(own, window, s -> true), within(1e-3));
      assertThat(found.secondsSleeping())
          .isCloseTo(seconds(own, window, s -> s.state() == RunState.SLEEPING), within(1e-3));
      assertThat(found.secondsRunning())
          .isCloseTo(seconds(own, window, s -> s.state() == RunState.RUNNING), within(1e-3));
      assertThat(found.sleeps()).isEqualTo(came(own, window, RunState.SLEEPING));
      assertThat(found.stops()).isEqualTo(came(own, window, RunState.STOPPED));
    });
  }

  @Property(tries = 25)
  void sharesAsleep_stepByStepAndOverTheWhole(
      @ForAll("changes") List<StateChange> changes,
      @ForAll("windows") TimeWindow asked,
      @ForAll boolean aligned) {
    fold(changes);
    TimeWindow window = aligned ? Series.aligned(asked, QUARTER) : asked;
    Question question = new Question(TrendMetric.SLEEP_SHARE, null, window, QUARTER);
    List<Stretch> all = stretches();
    Map<Instant, Double> expected = new HashMap<>();
    for (Instant at = window.from(); at.isBefore(window.to()); at = at.plus(QUARTER)) {
      Instant end = at.plus(QUARTER);
      Double share = share(all, new TimeWindow(at, end.isBefore(window.to()) ? end : window.to()));
      if (share != null) {
        expected.put(at, share);
      }
    }

    TrendQuery query = new TrendQuery(database);
    Map<Instant, Double> found = query.values(question, null);

    assertThat(found.keySet()).isEqualTo(expected.keySet());
    found.forEach((at, share) -> assertThat(share).isCloseTo(expected.get(at), within(1e-9)));
    Double whole = share(all, window);
    if (whole == null) {
      assertThat(query.value(question, null)).isNull();
    } else {
      assertThat(query.value(question, null)).isCloseTo(whole, within(1e-9));
    }
  }

  @Property(tries = 12)
  void summedUpDayByDay_theSameRows(@ForAll("changes") List<StateChange> changes) {
    fold(changes);
    List<String> rows = sums();
    database.jdbc().execute("TRUNCATE state_quarter_day");

    StateRollups sums = new StateRollups(database.jdbc());
    for (LocalDate day : sums.days()) {
      sums.rollDay(day.atStartOfDay().toInstant(ZoneOffset.UTC));
    }

    assertThat(sums()).isEqualTo(rows);
  }

  /** A few at a time, so that intervals change that were summed up before. */
  private static void fold(List<StateChange> changes) {
    database.jdbc().execute("TRUNCATE dirty, " + String.join(", ", NextGeneration.FROM_THE_LOG));
    FoldTransaction folds = new FoldTransaction(database);
    int generation = folds.place().generation();
    for (int i = 0; i < changes.size(); i += 5) {
      List<Event> some =
          changes.subList(i, Math.min(changes.size(), i + 5)).stream()
              .<Event>map(Event.Changed::new)
              .toList();
      folds.fold(some, Map.of(), generation, true);
    }
  }

  private static List<String> sums() {
    return database
        .jdbc()
        .queryForList("SELECT t::text FROM state_quarter_day t ORDER BY 1", String.class);
  }

  private static List<Stretch> stretches() {
    return database
        .jdbc()
        .query(
            "SELECT service, state, state_before, started_at, ended_at FROM state_interval",
            (row, number) -> {
              OffsetDateTime end = row.getObject(5, OffsetDateTime.class);
              return new Stretch(
                  row.getString(1),
                  RunState.valueOf(row.getString(2)),
                  RunState.valueOf(row.getString(3)),
                  row.getObject(4, OffsetDateTime.class).toInstant(),
                  end == null ? Instant.MAX : end.toInstant());
            });
  }

  private static java.util.Set<String> services(List<Stretch> stretches) {
    return stretches.stream().map(Stretch::service).collect(java.util.stream.Collectors.toSet());
  }

  private static double seconds(List<Stretch> all, TimeWindow window, Predicate<Stretch> which) {
    return all.stream().filter(which).mapToDouble(stretch -> stretch.secondsIn(window)).sum();
  }

  private static long came(List<Stretch> all, TimeWindow window, RunState state) {
    return all.stream().filter(s -> s.state() == state && s.cameIn(window)).count();
  }

  private static Double share(List<Stretch> all, TimeWindow window) {
    List<Stretch> seen = all.stream().filter(stretch -> stretch.isSeenIn(window)).toList();
    double observed = seconds(seen, window, stretch -> true);
    return observed == 0
        ? null
        : Double.valueOf(seconds(seen, window, s -> s.state() == RunState.SLEEPING) / observed);
  }

  /** Also exactly where quarters begin, and of ids told twice at different times. */
  @Provide
  Arbitrary<List<StateChange>> changes() {
    Arbitrary<RunState> states = Arbitraries.of(RunState.class);
    return Combinators.combine(
            Arbitraries.of("web", "shop"),
            Arbitraries.integers().between(0, 60),
            states,
            states,
            seconds(),
            Arbitraries.integers().between(0, 7))
        .as((service, id, from, to, at, chance) -> {
          StateChange change = Changes.change(service, "id-" + id, from, to, T0.plusSeconds(at));
          return chance == 0 ? change.asGone() : change;
        })
        .list()
        .ofMinSize(1)
        .ofMaxSize(80);
  }

  @Provide
  Arbitrary<TimeWindow> windows() {
    return Combinators.combine(seconds(), Arbitraries.longs().between(1, DAYS_3))
        .as((from, length) ->
            new TimeWindow(T0.plusSeconds(from), T0.plusSeconds(from).plusSeconds(length)));
  }

  private static Arbitrary<Long> seconds() {
    List<Long> quarters =
        LongStream.range(0, 12).mapToObj(n -> Duration.ofHours(2 + 6 * n).toSeconds()).toList();
    return Arbitraries.oneOf(Arbitraries.longs().between(0, DAYS_3), Arbitraries.of(quarters));
  }
}
