package dev.catnap.metrics.fold;

import static dev.catnap.metrics.Changes.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.events.Activity;
import dev.catnap.events.ActivityKind;
import dev.catnap.events.ResourceSample;
import dev.catnap.events.RunState;
import dev.catnap.metrics.Changes;
import dev.catnap.metrics.MetricsTables;
import dev.catnap.metrics.fold.jdbc.FoldTransaction;
import dev.catnap.metrics.fold.jdbc.NextGeneration;
import dev.catnap.metrics.storage.jdbc.MetricsDatabase;
import dev.catnap.metrics.storage.jdbc.Pools;
import dev.catnap.metrics.usage.RecordedActivity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** In the database: late, repeated and reordered events, in batches of any size, end the same. */
class FoldProperties {
  private static MetricsTables tables;
  private static MetricsDatabase database;

  @BeforeContainer
  static void open() {
    tables = new MetricsTables();
    database = tables.database();
  }

  @AfterContainer
  static void close() {
    tables.close();
  }

  @Property(tries = 12)
  void anyOrderWithRepetitions_endsAsInOrder(
      @ForAll("events") List<Event> events, @ForAll long seed) {
    List<String> inOrder = folded(events, events.size(), true);

    Random random = new Random(seed);
    List<Event> told = new ArrayList<>(events);
    told.addAll(events);
    Collections.shuffle(told, random);

    assertThat(folded(told, 1 + random.nextInt(7), random.nextBoolean())).isEqualTo(inOrder);
  }

  /** Only a stretch of the history is read again: nothing at its end may be taken for the last. */
  @Example
  void changeThatMovesToAnEarlierTime_endsNothingElse() {
    List<Event> events = new ArrayList<>();
    events.add(changed("first", RunState.RUNNING, 45));
    events.add(changed("moves", RunState.WAKING, 407));
    events.add(changed("second", RunState.STOPPED, 2_627));
    events.add(changed("third", RunState.FALLING_ASLEEP, 7_416));
    events.add(changed("last", RunState.RUNNING, 10_600));
    events.add(changed("moves", RunState.UNKNOWN, 295));
    assertThat(folded(events, 1, true)).isEqualTo(folded(events, events.size(), true));
  }

  /** All at once they are summed up here, one by one in the database: both without a limit. */
  @Example
  void largestSamples_haveTheSameSumsHoweverTheyCome() {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      events.add(new Event.Sampled(sample("web", T0.plusSeconds(i), 31L * 86_400_000, 1L << 53)));
      events.add(new Event.Sampled(sample("idle", T0.plusSeconds(i), 1, 0)));
    }
    List<String> atOnce = folded(events, events.size(), false);
    assertThat(atOnce).anyMatch(row -> row.contains("482497649677965459456000000"));
    assertThat(folded(events, 1, true)).isEqualTo(atOnce);
  }

  private static ResourceSample sample(String service, Instant at, long window, long memory) {
    double cores = memory == 0 ? -0.0 : 1_000_000;
    return new ResourceSample(
        service, service, "host", at, window, cores, null, memory, null, 1, memory, 3, 4, 5);
  }

  private static Event changed(String id, RunState to, long at) {
    return new Event.Changed(Changes.change("web", id, RunState.UNKNOWN, to, T0.plusSeconds(at)));
  }

  @Property(tries = 12)
  void takenInLooselyAndSettled_endsAsOneByOne(
      @ForAll("events") List<Event> events, @ForAll long seed) {
    Random random = new Random(seed);
    List<Event> told = new ArrayList<>(events);
    told.addAll(events);
    Collections.shuffle(told, random);

    List<String> oneByOne = folded(told, 1 + random.nextInt(7), true);

    assertThat(rebuilt(told, 1 + random.nextInt(7))).isEqualTo(oneByOne);
  }

  private static List<String> rebuilt(List<Event> events, int batch) {
    try (NextGeneration next =
        NextGeneration.open(
            database,
            "metrics",
            schema -> Pools.of(tables.pool(), schema, schema, 3),
            Duration.ofSeconds(30),
            true)) {
      FoldTransaction folds = next.foldsOfMany();
      fold(folds, events, batch, false);
      folds.rollUp();
      next.settle();
      return rows("metrics_next.");
    }
  }

  private static void fold(
      FoldTransaction folds, List<Event> events, int batch, boolean andRollUp) {
    int generation = folds.place().generation();
    for (int from = 0; from < events.size(); from += batch) {
      List<Event> some = events.subList(from, Math.min(events.size(), from + batch));
      folds.fold(some, Map.of(), generation, andRollUp);
    }
  }

  private static List<String> folded(List<Event> events, int batch, boolean andRollUp) {
    String tables = String.join(", ", NextGeneration.FROM_THE_LOG);
    database.jdbc().execute("TRUNCATE dirty, " + tables);
    FoldTransaction folds = new FoldTransaction(database);
    fold(folds, events, batch, andRollUp);
    folds.rollUp();
    return rows("");
  }

  private static List<String> rows(String schema) {
    List<String> rows = new ArrayList<>();
    for (String table : NextGeneration.FROM_THE_LOG) {
      rows.addAll(
          database
              .jdbc()
              .query(
                  "SELECT '" + table + "' || t::text FROM " + schema + table + " t ORDER BY 1",
                  (row, number) -> row.getString(1)));
    }
    return rows;
  }

  /** Few services, ids and times, so that repetitions and contradictions are common. */
  @Provide
  Arbitrary<List<Event>> events() {
    Arbitrary<String> services = Arbitraries.of("web", "shop");
    Arbitrary<Long> seconds = Arbitraries.longs().between(0, 100_000);
    Arbitrary<RunState> states = Arbitraries.of(RunState.class);
    Arbitrary<Event> changes =
        Combinators.combine(
                services,
                Arbitraries.integers().between(0, 20),
                states,
                states,
                seconds,
                Arbitraries.integers().between(0, 7))
            .as((service, id, from, to, at, chance) -> {
              var change = Changes.change(service, "id-" + id, from, to, T0.plusSeconds(at));
              return new Event.Changed(chance == 0 ? change.asGone() : change);
            });
    Arbitrary<Event> samples =
        Combinators.combine(
                services, Arbitraries.longs().between(0, 30), Arbitraries.longs().between(0, 999))
            .as((service, at, memory) ->
                new Event.Sampled(
                    new ResourceSample(
                        service,
                        service,
                        "host",
                        T0.plusSeconds(at * 20),
                        20_000,
                        memory / 500.0,
                        null,
                        memory,
                        null,
                        1,
                        2,
                        3,
                        4,
                        5)));
    Arbitrary<Event> activity =
        Combinators.combine(
                services,
                Arbitraries.integers().between(0, 6),
                Arbitraries.of(ActivityKind.class),
                seconds,
                Arbitraries.integers().between(1, 3))
            .as((service, id, kind, at, count) ->
                new Event.Used(
                    RecordedActivity.of(
                        new Activity(
                            service, T0.plusSeconds(at), kind, count, null, null, "id-" + id),
                        0,
                        0)));
    return Arbitraries.oneOf(changes, samples, activity).list().ofMinSize(1).ofMaxSize(60);
  }
}
