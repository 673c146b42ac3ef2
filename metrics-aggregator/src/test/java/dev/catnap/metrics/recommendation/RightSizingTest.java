package dev.catnap.metrics.recommendation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RightSizingTest {
  private static final Instant NOW = Instant.parse("2026-03-09T00:00:00Z");
  private static final double MIB = 1 << 20;

  @Test
  void buckets_areThoseOfTheVerticalPodAutoscaler() {
    assertThat(Buckets.CPU.count()).isEqualTo(176);
    assertThat(Buckets.MEMORY.count()).isEqualTo(176);
    assertThat(Buckets.CPU.start(1)).isEqualTo(0.01, within(1e-12));
    assertThat(Buckets.CPU.start(2)).isEqualTo(0.0205, within(1e-12));
    assertThat(Buckets.MEMORY.start(3)).isEqualTo(3.1525e7, within(1e-3));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0.0099, 0", "0.0101, 1", "0.0204, 1", "0.0206, 2", "1e9, 175"})
  void aValue_fallsIntoTheBucketThatBeginsAtOrBelowIt(double cores, int bucket) {
    assertThat(Buckets.CPU.of(cores)).isEqualTo(bucket);
  }

  @Test
  void aPercentile_answersTheEndOfItsBucket() {
    DecayingHistogram histogram = new DecayingHistogram(Buckets.CPU, NOW);
    assertThat(histogram.percentile(0.5)).isZero();
    histogram.add(0.015, 9, NOW);
    histogram.add(0.025, 1, NOW);
    assertThat(histogram.percentile(0.5)).isEqualTo(0.0205, within(1e-12));
    assertThat(histogram.percentile(0.9)).isEqualTo(0.0205, within(1e-12));
    assertThat(histogram.percentile(0.95)).isEqualTo(0.031525, within(1e-12));
    assertThat(histogram.percentile(1)).isEqualTo(0.031525, within(1e-12));
  }

  @Test
  void aDayOlder_weighsHalf() {
    DecayingHistogram histogram = new DecayingHistogram(Buckets.CPU, NOW);
    histogram.add(0.015, 1, NOW.minus(Duration.ofDays(1)));
    histogram.add(0.025, 0.49, NOW);
    assertThat(histogram.percentile(0.5)).isEqualTo(0.0205, within(1e-12));
    histogram.add(0.025, 0.02, NOW);
    assertThat(histogram.percentile(0.5)).isEqualTo(0.031525, within(1e-12));
  }

  /** 12 h of 0.015 cores: c = 0.5. Each percentile is 0.0205. */
  @Test
  void boundsNarrow_withConfidence() {
    RightSizing history = new RightSizing(NOW);
    history.cpu(0.015, 720, NOW.minus(Duration.ofHours(12)));
    assertThat(history.confidence()).isEqualTo(0.5, within(1e-9));
    Sizing cpu = history.cpu();
    assertThat(cpu.target()).isEqualTo(1.15 * 0.0205, within(1e-9));
    assertThat(cpu.lower()).isEqualTo(1.15 * 0.0205 * Math.pow(1.002, -2), within(1e-9));
    assertThat(cpu.upper()).isEqualTo(1.15 * 0.0205 * 3, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"8, 11520, 8", "8, 1440, 1", "0.25, 1440, 0.25"})
  void confidence_isTheLesserOfLifeAndSamples(double days, double samples, double confidence) {
    assertThat(Sizing.confidence(days, samples)).isEqualTo(confidence, within(1e-9));
  }

  @Test
  void timeAsleep_addsNothing_andNoTimeAwakeIsNoDecision() {
    RightSizing history = new RightSizing(NOW);
    history.cpu(0, 0, NOW.minus(Duration.ofDays(3)));
    assertThat(history.cpu()).isNull();
    assertThat(history.memory()).isNull();
    assertThat(Fit.of(0.5, history.cpu())).isEqualTo(Fit.UNKNOWN);
  }

  /** Seven days of 50 MB, one of 200 MB. */
  @Test
  void memory_countsThePeakOfEachDay() {
    RightSizing history = new RightSizing(NOW);
    for (int day = 1; day <= 8; day++) {
      Instant noon = NOW.minus(Duration.ofDays(day)).plus(Duration.ofHours(12));
      history.cpu(0.1, 1440, noon);
      history.memory(20e6, noon.minusSeconds(60));
      history.memory(day == 4 ? 200e6 : 50e6, noon);
      history.memory(10e6, noon.plusSeconds(60));
    }
    // The fourth day has 0.125 of 1.992 of the weight: P90 is still 50 MB, P95 is not.
    double fifty = Buckets.MEMORY.answer(Buckets.MEMORY.of(50e6));
    double peak = Buckets.MEMORY.answer(Buckets.MEMORY.of(200e6));
    Sizing memory = history.memory();
    assertThat(memory.target()).isEqualTo(1.15 * fifty, within(1.0));
    assertThat(memory.upper())
        .isEqualTo(1.15 * peak * (1 + 1 / history.confidence()), within(10.0));
  }

  @ParameterizedTest
  @CsvSource({"100, 200", "500, 600", "1000, 1200"})
  void afterAKillForMemory_itWasWorthMoreThanItHad(double usedMib, double countsMib) {
    assertThat(RightSizing.afterOutOfMemory(usedMib * MIB)).isEqualTo(countsMib * MIB, within(1.0));
  }

  @Test
  void aKillForMemory_raisesTheTarget() {
    RightSizing history = new RightSizing(NOW);
    for (int day = 1; day <= 8; day++) {
      Instant noon = NOW.minus(Duration.ofDays(day)).plus(Duration.ofHours(12));
      history.cpu(0.1, 1440, noon);
      history.memory(50 * MIB, noon);
    }
    double before = history.memory().target();
    history.outOfMemory(64 * MIB, NOW.minus(Duration.ofDays(6)));
    assertThat(before).isLessThan(164 * MIB);
    assertThat(history.memory().target()).isGreaterThanOrEqualTo(164 * MIB);
    assertThat(Fit.of(64 * MIB, history.memory())).isEqualTo(Fit.UNDER);
  }

  @ParameterizedTest
  @CsvSource({"0.19, UNDER", "0.2, FITS", "0.6, FITS", "0.61, OVER"})
  void aLimit_fitsWithinItsBounds(double limit, Fit fit) {
    assertThat(Fit.of(limit, new Sizing(0.4, 0.2, 0.6, 1))).isEqualTo(fit);
  }

  @Test
  void noLimit_isSaidAsSuch() {
    assertThat(Fit.of(null, new Sizing(0.4, 0.2, 0.6, 1))).isEqualTo(Fit.UNLIMITED);
  }

  /** 0.5 cores at 0.05 and 2 GB at 0.01 an hour: 0.025 and 0.02; half and a quarter used. */
  @Test
  void efficiency_isWeighedByCost() {
    Efficiency efficiency = Efficiency.of(0.25, 0.5, 0.5e9, 2e9, new Rates(0.05, 0.01));
    assertThat(efficiency.cpu()).isEqualTo(0.5);
    assertThat(efficiency.memory()).isEqualTo(0.25);
    assertThat(efficiency.total()).isEqualTo((0.0125 + 0.005) / 0.045, within(1e-12));
    Efficiency unknown = Efficiency.of(null, 0.5, 1.0, null, new Rates(0.05, 0.01));
    assertThat(unknown.total()).isNull();
  }

  /** 0.25 cores and 0.5 GB less, awake a quarter of 720 h: 180 h x (0.0125 + 0.005). */
  @Test
  void worth_isOfTheHoursAwake() {
    Worth worth =
        Worth.of(
            0.5,
            new Sizing(0.25, 0.1, 0.3, 1),
            1.5e9,
            new Sizing(1e9, 1e9, 1e9, 1),
            0.25,
            new Rates(0.05, 0.01));
    assertThat(worth.cpuCores()).isEqualTo(0.25);
    assertThat(worth.memoryBytes()).isEqualTo(500_000_000);
    assertThat(worth.monthly()).isEqualTo(180 * (0.0125 + 0.005), within(1e-9));
  }
}
