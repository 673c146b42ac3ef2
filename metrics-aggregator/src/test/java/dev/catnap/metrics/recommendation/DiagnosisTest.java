package dev.catnap.metrics.recommendation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.events.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosisTest {
  private static final Instant NOW = Instant.parse("2026-03-09T00:00:00Z");

  private static Findings well() {
    return new Findings(true, true, 0.5, 0.1, 100.0, 50.0, 0, 0, 10, 0, null, null, true);
  }

  private static Findings cpu(double high) {
    return new Findings(true, true, 0.5, high, 100.0, 50.0, 0, 0, 10, 0, null, null, true);
  }

  private static Findings memory(double high) {
    return new Findings(true, true, 0.5, 0.1, 100.0, high, 0, 0, 10, 0, null, null, true);
  }

  private static Findings crashes(long crashes, long oom) {
    return new Findings(true, true, 0.5, 0.1, 100.0, 50.0, crashes, oom, 10, 0, null, null, true);
  }

  private static Findings wakes(long wakes, long failed) {
    return new Findings(true, true, 0.5, 0.1, 100.0, 50.0, 0, 0, wakes, failed, null, null, true);
  }

  private static Findings leak(double hours) {
    return new Findings(true, true, 0.5, 0.1, 100.0, 50.0, 0, 0, 10, 0, hours, null, true);
  }

  private static String only(Findings findings) {
    List<Issue> issues = Diagnosis.of(findings).issues();
    assertThat(issues).hasSizeLessThan(2);
    return issues.isEmpty() ? "" : issues.getFirst().code() + " " + issues.getFirst().severity();
  }

  @Test
  void nothingWrong_isSaidAsSuch() {
    assertThat(Diagnosis.of(well()).issues()).isEmpty();
    assertThat(Diagnosis.of(well()).severity()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"0.399, ''", "0.4, high_cpu warning", "0.475, high_cpu critical"})
  void cpuNearItsLimit(double high, String said) {
    assertThat(only(cpu(high))).isEqualTo(said);
  }

  @ParameterizedTest
  @CsvSource({"84, ''", "85, high_memory warning", "95, high_memory critical"})
  void memoryNearItsLimit(double high, String said) {
    assertThat(only(memory(high))).isEqualTo(said);
  }

  @ParameterizedTest
  @CsvSource({"1, restarts info", "3, restarts warning", "10, restarts critical"})
  void restarts(long crashes, String said) {
    assertThat(only(crashes(crashes, 0))).isEqualTo(said);
  }

  @ParameterizedTest
  @CsvSource({"100, 1, failed_wakes warning", "20, 3, failed_wakes critical"})
  void failedWakes(long wakes, long failed, String said) {
    assertThat(only(wakes(wakes, failed))).isEqualTo(said);
  }

  @ParameterizedTest
  @CsvSource({"23, memory_leak critical", "25, memory_leak warning"})
  void leaks(double hours, String said) {
    assertThat(only(leak(hours))).isEqualTo(said);
  }

  @Test
  void theWorst_comesFirst() {
    Diagnosis diagnosis =
        Diagnosis.of(
            new Findings(true, false, null, 0.1, null, 50.0, 2, 1, 10, 0, null, 2_000_000.0, true));
    assertThat(diagnosis.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(diagnosis.issues())
        .extracting(Issue::code)
        .containsExactly(
            "out_of_memory",
            "no_memory_limit",
            "memory_growth",
            "no_cpu_limit",
            "no_health_check",
            "restarts");
  }

  @Test
  void whatWasNeverSeenAwake_isNotBlamedForItsLimits() {
    assertThat(
            Diagnosis.of(
                    new Findings(true, true, null, null, null, null, 0, 0, 0, 0, null, null, false))
                .issues())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1.99, 0", "2, 2", "6.99, 2", "7, 7", "29.99, 7", "30, 30", "400, 30"})
  void services_unusedForTwoSevenThirtyDays(double days, int level) {
    Instant lastUse = NOW.minusSeconds(Math.round(days * 86_400));
    Disuse disuse = Disuse.of(lastUse, NOW.minus(Duration.ofDays(500)), NOW);
    assertThat(disuse == null ? 0 : disuse.level()).isEqualTo(level);
  }

  @Test
  void neverUsed_countsFromWhenItWasFirstSeen() {
    assertThat(Disuse.of(null, NOW.minus(Duration.ofDays(8)), NOW).level()).isEqualTo(7);
    assertThat(Disuse.of(null, null, NOW)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "RUNNING, WAKING, 'exited with 137, out of memory', true, true",
    "RUNNING, STOPPED, 'killed for want of memory (OOM), exit code 137', true, true",
    "RUNNING, FAILED, exited with 1, true, false",
    "RUNNING, FALLING_ASLEEP, , false, false",
    "WAKING, FAILED, not ready within 30 s, false, false"
  })
  void crashes_areReadFromWhatTheActuatorTells(
      RunState from, RunState to, String failure, boolean crash, boolean outOfMemory) {
    assertThat(Crashes.isCrash(from, to, failure)).isEqualTo(crash);
    assertThat(Crashes.isOutOfMemory(failure)).isEqualTo(outOfMemory);
  }
}
