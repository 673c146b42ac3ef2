package dev.catnap.actuator.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.actuator.engine.UsageReading;
import dev.catnap.events.ResourceSample;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SampleMeterTest {
  private static final Instant NOON = Instant.parse("2026-10-01T12:00:00Z");

  private final SampleMeter meter = new SampleMeter();

  private static UsageReading reading(String run, long second, long cpuNanos, long rx) {
    return new UsageReading(
        run, NOON.plusSeconds(second), cpuNanos, 0.5, 100, 30, 1000L, 4, rx, 2 * rx, 7, 8, 2);
  }

  private ResourceSample measure(UsageReading reading) {
    return meter.measure("web", "web-1", "here", reading);
  }

  @Test
  void theFirstReading_givesNoSample() {
    assertThat(measure(reading("a", 0, 0, 0))).isNull();
  }

  @Test
  void twoReadings_giveTheMeanAndTheIncrements() {
    measure(reading("a", 0, 1_000_000_000L, 50));
    ResourceSample sample = measure(reading("a", 5, 2_250_000_000L, 80));
    assertThat(sample.windowMillis()).isEqualTo(5_000);
    assertThat(sample.cpuCores()).isEqualTo(0.25);
    assertThat(sample.load()).isEqualTo(0.5);
    assertThat(sample.memoryBytes()).isEqualTo(70);
    assertThat(sample.networkRxBytes()).isEqualTo(30);
    assertThat(sample.networkTxBytes()).isEqualTo(60);
    assertThat(sample.blockReadBytes()).isZero();
    assertThat(sample.connections()).isEqualTo(2);
  }

  @Test
  void aRestart_beginsAnew() {
    measure(reading("a", 0, 1_000, 50));
    assertThat(measure(reading("b", 5, 2_000, 60))).isNull();
    assertThat(measure(reading("b", 10, 1_500, 70))).isNull();
    assertThat(measure(reading("b", 15, 2_500, 80))).isNotNull();
  }

  @Test
  void aWindowTooShort_isPassedOver_andNotLost() {
    measure(reading("a", 0, 0, 0));
    UsageReading soon =
        new UsageReading("a", NOON.plusMillis(99), 99, null, 100, 0, null, 1, 5, 5, 5, 5, null);
    assertThat(measure(soon)).isNull();
    assertThat(measure(reading("a", 1, 100, 10)).windowMillis()).isEqualTo(1_000);
  }

  @Test
  void whatWentDown_isForgotten() {
    measure(reading("a", 0, 0, 0));
    meter.keepOnly(Set.of());
    assertThat(measure(reading("a", 5, 1, 0))).isNull();
  }
}
