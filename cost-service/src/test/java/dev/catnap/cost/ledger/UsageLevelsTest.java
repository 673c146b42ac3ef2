package dev.catnap.cost.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.cost.pricing.Evidence;
import dev.catnap.cost.pricing.Level;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsageLevelsTest {
  private static final Instant NINE = Instant.parse("2026-01-15T09:00:00Z");

  @Test
  void measured_hour_is_its_own_mean() {
    UsageLevels levels = new UsageLevels(List.of(awake(0, 100, 1000), awake(1, 300, 3000)));
    assertThat(levels.awake(hour(0))).isEqualTo(new Level(100, 1000));
    assertThat(levels.awake(hour(1))).isEqualTo(new Level(300, 3000));
    assertThat(levels.evidence(hour(1))).isEqualTo(Evidence.MEASURED);
  }

  @Test
  void gap_is_the_mean_of_what_was_before_and_never_looks_ahead() {
    UsageLevels levels =
        new UsageLevels(List.of(awake(0, 100, 1000), awake(1, 300, 3000), awake(5, 900, 9000)));
    assertThat(levels.awake(hour(3))).isEqualTo(new Level(200, 2000));
    assertThat(levels.evidence(hour(3))).isEqualTo(Evidence.EARLIER);
    assertThat(levels.awake(hour(-1))).isEqualTo(Level.NOTHING);
    assertThat(levels.evidence(hour(-1))).isEqualTo(Evidence.NONE);
  }

  @Test
  void look_back_ends_after_168_measured_hours() {
    List<UsedHour> hours = new ArrayList<>();
    hours.add(awake(0, 1_000_000, 1_000_000));
    for (int i = 1; i <= UsageLevels.LOOK_BACK_HOURS; i++) {
      hours.add(awake(i, 7, 70));
      Level expected = i < UsageLevels.LOOK_BACK_HOURS ? null : new Level(7, 70);
      Level actual = new UsageLevels(hours).wouldUse(hour(i));
      assertThat(actual.equals(new Level(7, 70))).isEqualTo(expected != null);
    }
  }

  @Test
  void sleep_within_a_measured_hour_takes_the_long_mean() {
    UsageLevels levels = new UsageLevels(List.of(awake(0, 100, 1000), awake(1, 300, 3000)));
    assertThat(levels.wouldUse(hour(1))).isEqualTo(new Level(200, 2000));
  }

  private static UsedHour awake(int hour, long nanoCores, long bytes) {
    long micros = Duration.ofMinutes(10).toMillis() * 1000;
    BigInteger time = BigInteger.valueOf(micros);
    return new UsedHour(
        hour(hour),
        false,
        BigInteger.valueOf(nanoCores).multiply(time),
        micros,
        BigInteger.valueOf(bytes).multiply(time),
        micros,
        null,
        null);
  }

  private static Instant hour(int number) {
    return NINE.plus(Duration.ofHours(number));
  }
}
