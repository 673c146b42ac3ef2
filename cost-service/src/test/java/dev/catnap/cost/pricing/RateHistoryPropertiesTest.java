package dev.catnap.cost.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever was recorded and asked, in whatever order. */
class RateHistoryPropertiesTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final int MINUTES = 5 * 24 * 60;
  private static final List<Map<String, String>> LABELS =
      List.of(Map.of(), Map.of("team", "blue"), Map.of("team", "red", "env", "prod"));

  @Property(tries = 200)
  void rate_is_the_same_from_one_change_to_the_next(@ForAll long seed) {
    Random random = new Random(seed);
    RateHistory history = new RateHistory(versions(random), reprices(random));
    NavigableSet<Instant> cuts = new TreeSet<>(history.changes());
    for (int i = 0; i < 50; i++) {
      Instant time = time(random);
      Instant cut = cuts.floor(time);
      Instant hour = time.truncatedTo(ChronoUnit.HOURS);
      Instant begin = cut == null || cut.isBefore(hour) ? hour : cut;
      Map<String, String> labels = LABELS.get(random.nextInt(LABELS.size()));
      String host = "host-" + random.nextInt(3);
      assertThat(history.at(time, host, labels)).isEqualTo(history.at(begin, host, labels));
    }
  }

  @Property(tries = 200)
  void what_is_recorded_later_changes_no_hour_that_is_over(@ForAll long seed) {
    Random random = new Random(seed);
    List<RateVersion> versions = versions(random);
    List<Reprice> reprices = reprices(random);
    Instant now = time(random);
    RateHistory all = new RateHistory(versions, reprices);
    RateHistory then =
        new RateHistory(
            versions.stream().filter(one -> !one.recordedAt().isAfter(now)).toList(),
            reprices.stream().filter(one -> !one.askedAt().isAfter(now)).toList());
    for (int i = 0; i < 50; i++) {
      Instant time = time(random);
      boolean over = !time.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1)).isAfter(now);
      boolean asked =
          reprices.stream().anyMatch(one -> one.askedAt().isAfter(now) && one.covers(time));
      if (over && !asked) {
        assertThat(all.at(time, "host-0", LABELS.get(1)))
            .isEqualTo(then.at(time, "host-0", LABELS.get(1)));
      }
    }
  }

  @Property(tries = 100)
  void order_of_reading_does_not_matter(@ForAll long seed) {
    Random random = new Random(seed);
    List<RateVersion> versions = versions(random);
    List<Reprice> reprices = reprices(random);
    RateHistory one = new RateHistory(versions, reprices);
    List<RateVersion> mixed = new ArrayList<>(versions);
    Collections.shuffle(mixed, random);
    RateHistory other = new RateHistory(mixed, reprices.reversed());
    for (int i = 0; i < 50; i++) {
      Instant time = time(random);
      assertThat(other.at(time, "host-1", LABELS.get(2)))
          .isEqualTo(one.at(time, "host-1", LABELS.get(2)));
    }
  }

  private static List<RateVersion> versions(Random random) {
    List<RateVersion> versions = new ArrayList<>();
    versions.add(Cards.known(1, RateVersion.SINCE_EVER, Cards.card("0.05", Instant.EPOCH, null)));
    for (int i = 2; i < 12; i++) {
      Instant from = time(random);
      Instant to =
          random.nextBoolean() ? null : from.plus(Duration.ofMinutes(1 + random.nextInt(3000)));
      RateScope scope =
          switch (random.nextInt(3)) {
            case 0 -> RateScope.EVERYTHING;
            case 1 -> RateScope.of("host-" + random.nextInt(2), null);
            default -> RateScope.of(null, "team=" + (random.nextBoolean() ? "blue" : "red"));
          };
      // Card 1, the open default, stays.
      long card = 2 + random.nextInt(6);
      versions.add(
          new RateVersion(
              i,
              card,
              time(random),
              "api",
              random.nextInt(5) == 0,
              Cards.card("0." + i, from, to, scope, "USD")));
    }
    return versions;
  }

  private static List<Reprice> reprices(Random random) {
    List<Reprice> reprices = new ArrayList<>();
    for (int i = 0; i < random.nextInt(4); i++) {
      Instant from = time(random);
      Instant to = from.plus(Duration.ofMinutes(1 + random.nextInt(2000)));
      reprices.add(new Reprice(to.plusSeconds(random.nextInt(100_000)), from, to, "why"));
    }
    return reprices;
  }

  private static Instant time(Random random) {
    return START.plus(Duration.ofMinutes(random.nextInt(MINUTES)));
  }
}
