package dev.catnap.metrics.recommendation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.catnap.metrics.recommendation.MemoryLeak.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryLeakTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final double MB = 1e6;

  private static List<Level> hourly(int hours, IntToDoubleFunction bytes) {
    return IntStream.range(0, hours)
        .mapToObj(hour -> new Level(START.plus(Duration.ofHours(hour)), bytes.applyAsDouble(hour)))
        .toList();
  }

  @Test
  void theSlope_isTheMedianOfAllSlopes_andOneWildPointDoesNotBendIt() {
    TheilSen line = TheilSen.of(new double[] {0, 1, 2, 3, 4}, new double[] {1, 3, 5, 7, 900});
    assertThat(line.slope()).isEqualTo(2);
    assertThat(line.intercept()).isEqualTo(1);
  }

  /** Five rising values: S = 10, variance 5 x 4 x 15 / 18 = 16.67, z = 9 / 4.082 = 2.2045. */
  @Test
  void mannKendall_worked() {
    MannKendall rising = MannKendall.of(new double[] {1, 2, 3, 4, 5});
    assertThat(rising.s()).isEqualTo(10);
    assertThat(rising.p()).isEqualTo(0.02749, within(1e-4));
    assertThat(MannKendall.of(new double[] {3, 3, 3, 3}).p()).isEqualTo(1);
  }

  /** 1 1 2 2: S = 4, variance (4 x 3 x 13 - 2 x 2 x 1 x 9) / 18 = 6.667, z = 3 / 2.582. */
  @Test
  void mannKendall_correctsForTies() {
    MannKendall ties = MannKendall.of(new double[] {1, 1, 2, 2});
    assertThat(ties.s()).isEqualTo(4);
    assertThat(ties.p()).isEqualTo(0.2453, within(1e-4));
  }

  /** From 100 MB by 2 MB an hour: 400 MB after 150 h. */
  @Test
  void aLeak_isTold_withItsSlopeAndWhenTheLimitIsMet() {
    MemoryLeak leak = MemoryLeak.of(hourly(48, h -> (100 + 2 * h) * MB), 400 * MB);
    assertThat(leak.bytesPerHour()).isEqualTo(2 * MB, within(1.0));
    assertThat(leak.p()).isLessThan(0.01);
    assertThat(leak.since()).isEqualTo(START);
    assertThat(leak.hours()).isEqualTo(48);
    assertThat(leak.limitReachedAt()).isEqualTo(START.plus(Duration.ofHours(150)));
  }

  @ParameterizedTest
  @CsvSource({"23, false", "24, true"})
  void aDay_isNeeded(int hours, boolean told) {
    assertThat(MemoryLeak.of(hourly(hours, h -> (100 + 2 * h) * MB), null) != null).isEqualTo(told);
  }

  @Test
  void sawTeeth_aConstant_andAFall_areNoLeak() {
    assertThat(MemoryLeak.of(hourly(72, h -> (100 + h % 6) * MB), null)).isNull();
    assertThat(MemoryLeak.of(hourly(72, h -> 100 * MB), null)).isNull();
    assertThat(MemoryLeak.of(hourly(72, h -> (400 - h) * MB), null)).isNull();
  }

  @Test
  void growthOfAFewKilobytes_isCertainAndDoesNotMatter() {
    assertThat(MemoryLeak.of(hourly(72, h -> 100 * MB + h * 1000), null)).isNull();
  }

  @Test
  void withoutLimit_orFarAway_noEndIsTold() {
    assertThat(MemoryLeak.of(hourly(48, h -> (100 + h) * MB), null).limitReachedAt()).isNull();
    assertThat(MemoryLeak.of(hourly(48, h -> (100 + h) * MB), 1e12).limitReachedAt()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"0.99, false", "1.01, true"})
  void moreThanAMegabyteAMinute_isWorthAnEarlyWarning(double mbPerMinute, boolean warned) {
    List<Level> minutes =
        IntStream.rangeClosed(0, 7)
            .mapToObj(m -> new Level(START.plusSeconds(60L * m), (100 + mbPerMinute * m) * MB))
            .toList();
    assertThat(MemoryLeak.growingFast(minutes) != null).isEqualTo(warned);
    assertThat(MemoryLeak.growingFast(minutes.subList(0, 5))).isNull();
  }
}
