package dev.catnap.cost.ledger.jdbc;

import static dev.catnap.cost.Events.change;
import static dev.catnap.cost.Events.sample;
import static dev.catnap.cost.Events.stored;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.catnap.cost.Events;
import dev.catnap.cost.database.CostDatabase;
import dev.catnap.cost.ledger.Facts;
import dev.catnap.events.ResourceSample;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import dev.catnap.testkit.PostgresServer;
import dev.catnap.testkit.WithPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

@WithPostgres
class FactStoreTest {
  private static final Instant TEN = Instant.parse("2026-01-15T10:00:00Z");
  private static final long MIB = 1L << 20;

  private static HikariDataSource dataSource;
  private static CostDatabase database;
  private static JdbcTemplate jdbc;
  private static FactStore store;

  @BeforeAll
  static void database(PostgresServer postgres) {
    PostgresServer.Database fresh = postgres.freshDatabase();
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(fresh.jdbcUrl());
    config.setUsername(fresh.user());
    config.setPassword(fresh.password());
    config.setSchema("cost");
    dataSource = new HikariDataSource(config);
    database = new CostDatabase(dataSource, "cost", Duration.ofSeconds(30));
    database.start();
    Awaitility.await().until(() -> database.problem() == null);
    jdbc = database.jdbc();
    store = new FactStore(database);
  }

  @AfterAll
  static void end() {
    database.stop();
    dataSource.close();
  }

  @BeforeEach
  void empty() {
    jdbc.execute(
        "TRUNCATE state_span, sample, sample_horizon, usage_hour, storage_hour, definition,"
            + " fold_offset");
  }

  @Test
  void change_ends_the_span_before_it() {
    store(change("web", RunState.UNKNOWN, RunState.RUNNING, TEN, null));
    store(change("web", RunState.RUNNING, RunState.SLEEPING, TEN.plusSeconds(60), 5L));
    assertThat(spans()).containsExactly("RUNNING 0 60", "SLEEPING 60 null");
  }

  @Test
  void late_change_takes_its_place_and_a_repeated_one_changes_nothing() {
    StateChange running = change("web", RunState.UNKNOWN, RunState.RUNNING, TEN, null);
    StateChange falling =
        change("web", RunState.RUNNING, RunState.FALLING_ASLEEP, TEN.plusSeconds(50), null);
    StateChange asleep =
        change("web", RunState.FALLING_ASLEEP, RunState.SLEEPING, TEN.plusSeconds(60), 5L);
    store(asleep, running, asleep);
    store(falling);
    store(running, falling);
    assertThat(spans()).containsExactly("RUNNING 0 50", "FALLING_ASLEEP 50 60", "SLEEPING 60 null");
  }

  @Test
  void at_the_same_time_what_is_on_the_way_comes_first() {
    store(change("web", RunState.FALLING_ASLEEP, RunState.SLEEPING, TEN, 5L));
    store(change("web", RunState.RUNNING, RunState.FALLING_ASLEEP, TEN, null));
    assertThat(spans()).containsExactly("FALLING_ASLEEP 0 0", "SLEEPING 0 null");
  }

  @Test
  void container_that_is_gone_is_in_no_state_until_it_is_found_again() {
    StateChange stopped = change("web", RunState.RUNNING, RunState.STOPPED, TEN, null);
    StateChange gone =
        change("web", RunState.STOPPED, RunState.STOPPED, TEN.plusSeconds(60), null).asGone();
    store(gone);
    store(stopped);
    assertThat(spans()).containsExactly("STOPPED 0 60", "STOPPED 60 60");
    store(change("web", RunState.UNKNOWN, RunState.RUNNING, TEN.plusSeconds(90), null));
    store(gone);
    assertThat(spans()).containsExactly("STOPPED 0 60", "STOPPED 60 60", "RUNNING 90 null");
  }

  @Test
  void at_the_same_time_its_end_comes_last() {
    store(change("web", RunState.UNKNOWN, RunState.UNKNOWN, TEN, null).asGone());
    store(change("web", RunState.RUNNING, RunState.STOPPED, TEN, null));
    assertThat(spans()).containsExactly("STOPPED 0 0", "UNKNOWN 0 0");
  }

  @Test
  void processor_time_of_a_window_belongs_to_the_part_awake_and_memory_to_its_end() {
    store(
        change("web", RunState.UNKNOWN, RunState.RUNNING, TEN, null),
        change("web", RunState.RUNNING, RunState.SLEEPING, TEN.plusSeconds(25), null));
    // 0.1 core over 10 s was used in the 5 s before it slept.
    store(sample("web", TEN.plusSeconds(30), 10_000, 0.1, 100 * MIB));
    assertThat(hours())
        .containsExactly(
            "10:00 awake 1000000000000000 5000000 0 0",
            "10:00 asleep 0 0 " + 5_000_000 * 100 * MIB + " 5000000");
  }

  @Test
  void storage_is_summed_by_the_hour_whatever_the_state_and_in_any_order() {
    ResourceSample early = stored("web", TEN.plusSeconds(3_600), 10);
    ResourceSample late = stored("web", TEN.plusSeconds(3_601), 7);
    ResourceSample awake = sample("web", TEN.plusSeconds(60), 60_000, 0.1, MIB).withStorage(31L);
    store(late);
    store(change("web", RunState.UNKNOWN, RunState.STOPPED, TEN.plusSeconds(90), null), early);
    assertThat(storage()).containsExactly("10:00 10 1", "11:00 7 1");
    store(awake, late, early);
    assertThat(storage()).containsExactly("10:00 41 2", "11:00 7 1");
    // As it tells of nothing else, it is no use of an hour.
    store(change("web", RunState.UNKNOWN, RunState.RUNNING, TEN, null));
    assertThat(hours())
        .containsExactly("10:00 awake 6000000000000000 60000000 " + MIB * 60_000_000 + " 60000000");
  }

  @Test
  void sums_of_storage_stand_when_their_samples_are_deleted() {
    store(stored("web", TEN.plusSeconds(60), 10));
    store.deleteSamplesUpTo(TEN.plusSeconds(3_600));
    store(stored("web", TEN.plusSeconds(120), 50));
    assertThat(storage()).containsExactly("10:00 10 1");
  }

  private static List<String> storage() {
    return jdbc.query(
        "SELECT to_char(hour AT TIME ZONE 'UTC', 'HH24:MI'), byte_sum, measures FROM storage_hour"
            + " ORDER BY hour",
        (row, number) -> row.getString(1) + " " + row.getLong(2) + " " + row.getLong(3));
  }

  /** 600 and 60 bytes awake, of the window that is half asleep as well; 6 received asleep. */
  @Test
  void network_belongs_to_the_part_awake_else_to_the_part_asleep() {
    store(
        change("web", RunState.UNKNOWN, RunState.RUNNING, TEN, null),
        change("web", RunState.RUNNING, RunState.SLEEPING, TEN.plusSeconds(25), null));
    store(
        moving(TEN.plusSeconds(20), 20_000, 500, 50),
        moving(TEN.plusSeconds(30), 10_000, 100, 10),
        moving(TEN.plusSeconds(40), 10_000, 6, 0));
    store(moving(TEN.plusSeconds(40), 10_000, 6, 0));
    assertThat(
            jdbc.query(
                "SELECT asleep, network_in_bytes, network_out_bytes, network_micros"
                    + " FROM usage_hour ORDER BY asleep",
                (row, number) ->
                    row.getBoolean(1)
                        + " "
                        + row.getLong(2)
                        + " "
                        + row.getLong(3)
                        + " "
                        + row.getLong(4)))
        .containsExactly("false 600 60 25000000", "true 6 0 10000000");
  }

  private static ResourceSample moving(Instant at, long millis, long in, long out) {
    return Events.moving("web", at, millis, in, out);
  }

  @Test
  void window_that_ends_on_the_hour_belongs_to_the_hour_before() {
    store(change("web", RunState.UNKNOWN, RunState.RUNNING, TEN.minusSeconds(60), null));
    store(sample("web", TEN, 10_000, 0.1, MIB));
    assertThat(hours()).singleElement().asString().startsWith("09:00 awake");
  }

  @Test
  void sums_stand_when_their_samples_are_deleted_and_late_ones_are_counted() {
    store(change("web", RunState.UNKNOWN, RunState.RUNNING, TEN.minusSeconds(60), null));
    store(sample("web", TEN.plusSeconds(30), 10_000, 0.1, MIB));
    List<String> before = hours();
    assertThat(store.deleteSamplesUpTo(TEN.plusSeconds(3_700))).isEqualTo(1);
    Facts late = new Facts();
    late.add(sample("web", TEN.plusSeconds(40), 10_000, 0.9, MIB));
    late.add(sample("web", TEN.plusSeconds(3_601), 1_000, 0.9, MIB));
    assertThat(store.store(late, Map.of())).isEqualTo(1);
    store(change("web", RunState.RUNNING, RunState.SLEEPING, TEN.minusSeconds(30), null));
    assertThat(hours()).containsAll(before).hasSize(2);
  }

  @Test
  void any_order_and_any_repetition_gives_the_same_rows() {
    for (int seed = 0; seed < 10; seed++) {
      Random random = new Random(seed);
      List<Object> events = story(random);
      empty();
      storeInBatches(events, random, events.size());
      List<Map<String, Object>> expected = rows();
      for (int order = 0; order < 2; order++) {
        List<Object> mixed = new ArrayList<>(events);
        mixed.addAll(events.subList(0, events.size() / 3));
        Collections.shuffle(mixed, random);
        empty();
        storeInBatches(mixed, random, 5 + random.nextInt(30));
        assertThat(rows()).as("seed %d", seed).isEqualTo(expected);
      }
    }
  }

  /** Two hours of two services: states that follow each other, and a sample a minute. */
  private static List<Object> story(Random random) {
    List<Object> events = new ArrayList<>();
    for (String service : List.of("web", "tool")) {
      Instant at = TEN.minusSeconds(random.nextInt(900));
      RunState state = RunState.UNKNOWN;
      for (int i = 0; i < 12; i++) {
        RunState next = RunState.values()[random.nextInt(RunState.values().length)];
        Long resident = random.nextBoolean() ? null : (long) random.nextInt(1 << 30);
        StateChange change = change(service, state, next, at, resident);
        events.add(random.nextInt(6) == 0 ? change.asGone() : change);
        state = next;
        at = at.plusMillis(random.nextInt(1_200_000));
      }
      for (int minute = 0; minute < 40; minute++) {
        Instant end = TEN.plusSeconds(minute * 180L).plusMillis(random.nextInt(60_000));
        events.add(
            sample(
                service,
                end,
                1 + random.nextInt(60_000),
                random.nextDouble(),
                random.nextInt() & Integer.MAX_VALUE));
      }
    }
    return events;
  }

  private static void storeInBatches(List<Object> events, Random random, int most) {
    for (int i = 0; i < events.size(); ) {
      int end = Math.min(events.size(), i + 1 + random.nextInt(most));
      store(events.subList(i, end).toArray());
      i = end;
    }
  }

  private static void store(Object... events) {
    Facts facts = new Facts();
    for (Object event : events) {
      if (event instanceof StateChange change) {
        facts.add(change);
      } else {
        facts.add((ResourceSample) event);
      }
    }
    store.store(facts, Map.of(new TopicPartition("any", 0), 1L));
  }

  private static List<Map<String, Object>> rows() {
    List<Map<String, Object>> rows =
        new ArrayList<>(
            jdbc.queryForList(
                "SELECT * FROM state_span"
                    + " ORDER BY service, container, from_at, settled, change_id"));
    rows.addAll(
        jdbc.queryForList("SELECT * FROM usage_hour ORDER BY service, container, hour, asleep"));
    rows.addAll(jdbc.queryForList("SELECT * FROM storage_hour ORDER BY service, container, hour"));
    return rows;
  }

  private static List<String> spans() {
    return jdbc.query(
        "SELECT state, extract(epoch FROM from_at)::bigint, extract(epoch FROM until_at)::bigint"
            + " FROM state_span ORDER BY from_at, settled",
        (row, number) ->
            row.getString(1) + " " + seconds(row.getObject(2)) + " " + seconds(row.getObject(3)));
  }

  private static Object seconds(Object epoch) {
    return epoch == null ? null : (Long) epoch - TEN.getEpochSecond();
  }

  private static List<String> hours() {
    return jdbc.query(
        "SELECT to_char(hour AT TIME ZONE 'UTC', 'HH24:MI'), asleep, nano_core_micros, cpu_micros,"
            + " byte_micros, memory_micros FROM usage_hour ORDER BY hour, asleep",
        (row, number) ->
            "%s %s %s %s %s %s"
                .formatted(
                    row.getString(1),
                    row.getBoolean(2) ? "asleep" : "awake",
                    row.getBigDecimal(3).stripTrailingZeros().toPlainString(),
                    row.getLong(4),
                    row.getBigDecimal(5).toPlainString(),
                    row.getLong(6)));
  }
}
