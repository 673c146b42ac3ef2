package dev.catnap.cost.ledger.jdbc;

import static dev.catnap.cost.ledger.jdbc.LedgerFixture.RATES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.cost.Events;
import dev.catnap.cost.advice.SavingNotTaken;
import dev.catnap.cost.advice.jdbc.SavingsReader;
import dev.catnap.cost.advice.jdbc.SavingsReader.Question;
import dev.catnap.events.RunState;
import dev.catnap.testkit.PostgresServer;
import dev.catnap.testkit.WithPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

@WithPostgres
class SavingsKeptTest {
  private static final Instant BEGIN = Instant.parse("2026-01-29T10:00:00Z");
  private static final Instant NOW = Instant.parse("2026-02-10T09:30:00Z");
  private static final List<String> SERVICES = List.of("web", "tool", "late");

  /** Asked of all services, days are kept; asked of named ones, all is priced from the facts. */
  @Test
  void what_is_kept_is_what_the_facts_come_to(PostgresServer postgres) {
    try (LedgerFixture fixture = new LedgerFixture(postgres)) {
      Set<SavingNotTaken.Change> seen = EnumSet.noneOf(SavingNotTaken.Change.class);
      for (int seed = 0; seed < 4; seed++) {
        fixture.empty();
        setAside(fixture);
        Random random = new Random(seed);
        SavingsReader kept = new SavingsReader(fixture.database);
        List<Object> events = new ArrayList<>(LedgerFixture.story(random, BEGIN, 260));
        // Begins days later.
        events.add(
            Events.change(
                "late", RunState.UNKNOWN, RunState.RUNNING, BEGIN.plusSeconds(400_000), null));
        for (int hour = 0; hour < 60; hour++) {
          Instant at = BEGIN.plusSeconds(401_000L + 3_600L * hour);
          events.add(Events.sample("late", at, 60_000, random.nextDouble(), 1 << 28));
        }
        Collections.shuffle(events, random);
        fixture.store(events.subList(0, events.size() / 2));
        for (int i = events.size() / 2; i < events.size(); i += 1 + random.nextInt(60)) {
          fixture.store(events.subList(i, i + 1));
          if (random.nextInt(4) != 0) {
            fixture.book(NOW, RATES);
          }
          if (random.nextInt(6) == 0) {
            fixture.closeAtOnce(NOW);
          }
          Instant from = BEGIN.plusMillis(random.nextInt(1 << 28));
          Instant to = random.nextBoolean() ? NOW : from.plusMillis(1 + random.nextInt(1 << 29));
          Duration by = Duration.ofMinutes(random.nextBoolean() ? 5 : 200);
          List<SavingNotTaken> found = kept.read(new Question(from, to, List.of(), RATES, by));
          assertThat(found)
              .as("seed %d, step %d, %s to %s", seed, i, from, to)
              .containsExactlyInAnyOrderElementsOf(
                  kept.read(new Question(from, to, SERVICES, RATES, by)));
          found.forEach(one -> seen.add(one.change()));
        }
      }
      assertThat(seen).containsExactlyInAnyOrder(SavingNotTaken.Change.values());
    }
  }

  /** Far more than is used. */
  private static void setAside(LedgerFixture fixture) {
    fixture.jdbc.update(
        """
        INSERT INTO definition (service, defined_at, nano_cores, bytes, labels)
        VALUES ('web', '2026-01-01T00:00:00Z', 4000000000, 8589934592, '{}')
        """);
  }
}
