package dev.catnap.ingest.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class FirstAskedTest {
  private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");

  private final FirstAsked asked = new FirstAsked();

  @Test
  void whoComesAgainWithinAMinuteHasAskedSinceTheFirstTime() {
    asked.since("web", NOW);
    assertThat(asked.since("web", NOW.plusSeconds(60))).isEqualTo(NOW);
    assertThat(asked.since("web", NOW.plusSeconds(121))).isEqualTo(NOW.plusSeconds(121));
  }

  @Test
  void anyNumberOfNamesIsBounded_andForgottenWhenTheyStayAway() {
    for (int i = 0; i < 10_000; i++) {
      asked.since("name-" + i, NOW);
    }
    asked.since("one-more", NOW);
    assertThat(asked.since("one-more", NOW.plusSeconds(1))).isEqualTo(NOW.plusSeconds(1));
    assertThat(asked.since("name-7", NOW.plusSeconds(1))).isEqualTo(NOW);
    asked.since("later", NOW.plusSeconds(70));
    assertThat(asked.since("later", NOW.plusSeconds(71))).isEqualTo(NOW.plusSeconds(70));
  }
}
