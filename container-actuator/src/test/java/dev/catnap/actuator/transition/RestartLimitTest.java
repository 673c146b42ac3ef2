package dev.catnap.actuator.transition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RestartLimitTest {
  private static final Instant NOON = Instant.parse("2026-10-01T12:00:00Z");
  private static final Duration WINDOW = Duration.ofMinutes(10);

  private final RestartLimit limit =
      new RestartLimit(5, WINDOW, Duration.ofSeconds(1), Duration.ofSeconds(10));

  private Duration crashedAt(Instant at) {
    return limit.crashed("web/web-1", at);
  }

  @Test
  void pausesDouble_upToTheLongest_thenNoMore() {
    for (long seconds : new long[] {1, 2, 4, 8, 10}) {
      assertThat(crashedAt(NOON)).isEqualTo(Duration.ofSeconds(seconds));
    }
    assertThat(crashedAt(NOON)).isNull();
    assertThat(limit.crashed("other/other", NOON)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void whatIsOlderThanTheWindow_countsNoMore() {
    for (int crash = 0; crash < 5; crash++) {
      assertThat(crashedAt(NOON)).isNotNull();
    }
    assertThat(crashedAt(NOON.plus(WINDOW).minusMillis(1))).isNull();
    assertThat(crashedAt(NOON.plus(WINDOW))).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void askedFor_itBeginsAnew() {
    crashedAt(NOON);
    limit.reset("we");
    assertThat(crashedAt(NOON)).isEqualTo(Duration.ofSeconds(2));
    limit.reset("web");
    assertThat(crashedAt(NOON)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aCrash_isToldApartFromAnEnd() {
    assertThat(Crash.describe(1, false, false)).isEqualTo("exited with 1");
    assertThat(Crash.describe(137, true, false)).isEqualTo("exited with 137, out of memory");
    assertThat(Crash.describe(137, false, false)).isEqualTo("exited with 137");
    assertThat(Crash.describe(137, false, true)).isNull();
    assertThat(Crash.describe(0, false, false)).isNull();
    assertThat(Crash.describe(null, false, false)).isNull();
  }
}
