package dev.catnap.cost.ledger.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.catnap.cost.Events;
import dev.catnap.cost.database.CostDatabase;
import dev.catnap.cost.ledger.Closing;
import dev.catnap.cost.ledger.Facts;
import dev.catnap.cost.ledger.LedgerLine;
import dev.catnap.cost.ledger.LedgerLines;
import dev.catnap.cost.ledger.Posting;
import dev.catnap.cost.ledger.Postings;
import dev.catnap.cost.ledger.Postings.Detail;
import dev.catnap.cost.pricing.RateHistory;
import dev.catnap.cost.pricing.Rates;
import dev.catnap.events.ResourceSample;
import dev.catnap.events.RunState;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.StateChange;
import dev.catnap.testkit.PostgresServer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.JdbcTemplate;

/** A ledger in a database of its own. */
final class LedgerFixture implements AutoCloseable {
  private static final Closing AT_ONCE = new Closing(Duration.ofDays(3), Duration.ZERO);

  static final RateHistory RATES = new RateHistory(List.of(Rates.DEFAULT));

  final HikariDataSource dataSource;
  final CostDatabase database;
  final JdbcTemplate jdbc;
  final FactStore facts;
  final Ledger ledger;

  /** Asked over and over: what it keeps has to be right whatever happens between. */
  final LedgerReader reader;

  LedgerFixture(PostgresServer postgres) {
    PostgresServer.Database fresh = postgres.freshDatabase();
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(fresh.jdbcUrl());
    config.setUsername(fresh.user());
    config.setPassword(fresh.password());
    config.setSchema("cost");
    config.setMaximumPoolSize(3);
    dataSource = new HikariDataSource(config);
    database = new CostDatabase(dataSource, "cost", Duration.ofSeconds(30));
    database.start();
    Awaitility.await().until(() -> database.problem() == null);
    jdbc = database.jdbc();
    facts = new FactStore(database);
    ledger = new Ledger(database);
    reader = new LedgerReader(jdbc);
  }

  @Override
  public void close() {
    database.stop();
    dataSource.close();
  }

  void empty() {
    jdbc.execute(
        "TRUNCATE state_span, sample, sample_horizon, usage_hour, storage_hour, definition,"
            + " fold_offset, ledger_line, ledger_day, ledger_week, ledger_container, ledger_rates,"
            + " ledger_closing, ledger_change");
  }

  void store(Collection<?> events) {
    Facts batch = new Facts();
    for (Object event : events) {
      switch (event) {
        case StateChange change -> batch.add(change);
        case ResourceSample sample -> batch.add(sample);
        case ServiceDefinition definition -> batch.add(definition);
        default -> throw new IllegalArgumentException(event.toString());
      }
    }
    facts.store(batch, Map.of(new TopicPartition("any", 0), 1L));
  }

  /** Books all there is. */
  void book(Instant now, RateHistory rates) {
    while (ledger.book(now, rates) > 0) {}
  }

  /** Closes as if what came had come long ago; facts are stored at the database's present. */
  Optional<Instant> closeAtOnce(Instant now) {
    jdbc.update("UPDATE ledger_container SET touched_at = NULL");
    return ledger.close(AT_ONCE, now, Instant.EPOCH);
  }

  /** What the ledger and what is not booked yet come to. */
  Map<String, BigDecimal> asRead(Instant from, Instant to, RateHistory rates) {
    return asRead(from, to, Detail.BOOKINGS, rates);
  }

  Map<String, BigDecimal> asRead(Instant from, Instant to, Detail detail, RateHistory rates) {
    return database.read(
        () -> sums(reader.postings(new Question(from, to, List.of()), detail, rates)));
  }

  /** What the facts come to, priced now. */
  Map<String, BigDecimal> asPriced(Instant from, Instant to, RateHistory rates) {
    return asPriced(from, to, Detail.BOOKINGS, rates);
  }

  Map<String, BigDecimal> asPriced(Instant from, Instant to, Detail detail, RateHistory rates) {
    return database.read(() -> {
      Postings postings = new Postings(detail, from);
      LedgerLines pricing = new LedgerLines(from, to, rates, List.of());
      new HistoryReader(jdbc)
          .read(from, to, List.of())
          .forEach(history -> pricing.of(history, postings::add));
      return sums(postings.all());
    });
  }

  private static Map<String, BigDecimal> sums(Collection<Posting> postings) {
    Map<String, BigDecimal> sums = new TreeMap<>();
    for (Posting posting : postings) {
      String key =
          String.join(
              " ",
              posting.at().toString(),
              posting.service(),
              posting.container(),
              posting.host(),
              posting.state().name(),
              posting.resource().name(),
              posting.rate().toPlainString());
      add(sums, key + " quantity", posting.quantity());
      add(sums, key + " awake", posting.awakeQuantity());
      add(sums, key + " reserved", posting.reservedQuantity());
      add(sums, key + " used", posting.usedQuantity());
      add(sums, key + " micros", posting.micros());
    }
    // What a correction took back altogether is as if it had never been.
    sums.values().removeIf(sum -> sum.signum() == 0);
    return sums;
  }

  private static void add(Map<String, BigDecimal> sums, String key, BigDecimal value) {
    sums.merge(key, value.setScale(0), BigDecimal::add);
  }

  List<LedgerLine> lines() {
    return jdbc.query(
        "SELECT * FROM ledger_line ORDER BY service, container, from_at, resource, booked, reversal",
        LineStore::line);
  }

  List<Map<String, Object>> rows(String table) {
    return jdbc.queryForList("SELECT * FROM " + table + " t ORDER BY t::text");
  }

  /** On the way down or up a container is for some minutes at most. */
  private static int longest(RunState state) {
    boolean onTheWay = state == RunState.FALLING_ASLEEP || state == RunState.WAKING;
    return onTheWay ? 600_000 : 36_000_000;
  }

  /**
   * Some days of two services: states that follow each other, now and then one after which the
   * container is gone for a while, and samples, some of storage, and definitions that set some
   * aside.
   */
  static List<Object> story(Random random, Instant begin, int hours) {
    List<Object> events = new ArrayList<>();
    for (String service : List.of("web", "tool")) {
      Instant end = begin.plus(Duration.ofHours(hours));
      RunState state = RunState.UNKNOWN;
      for (Instant at = begin.plusMillis(random.nextInt(7_200_000));
          at.isBefore(end);
          at = at.plusMillis(1 + random.nextInt(longest(state)))) {
        RunState next = RunState.values()[random.nextInt(RunState.values().length)];
        Long resident = random.nextBoolean() ? null : (long) random.nextInt(1 << 30);
        StateChange change = Events.change(service, state, next, at, resident);
        events.add(random.nextInt(8) == 0 ? change.asGone() : change);
        state = next;
      }
      for (int i = 0; i < hours; i++) {
        Instant at = begin.plusMillis(random.nextInt(3_600_000) + i * 3_600_000L);
        events.add(
            Events.sample(
                    service,
                    at,
                    1 + random.nextInt(600_000),
                    random.nextDouble(),
                    random.nextInt() & Integer.MAX_VALUE)
                .withStorage(random.nextInt(4) == 0 ? random.nextLong(1L << 40) : null));
        if (random.nextInt(20) == 0) {
          long bytes = random.nextLong(1L << 40);
          events.add(Events.stored(service, at.plusMillis(random.nextInt(9_000_000)), bytes));
        }
        if (random.nextInt(50) == 0) {
          events.add(Events.setAside(service, at, random.nextLong(1L << 40)));
        }
      }
    }
    return events;
  }
}
