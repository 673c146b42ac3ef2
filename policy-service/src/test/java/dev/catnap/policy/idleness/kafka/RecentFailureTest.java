package dev.catnap.policy.idleness.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentFailureTest {
  private static final long MINUTE = RecentFailure.REMEMBERED.toNanos();

  private final RecentFailure failures = new RecentFailure();

  @Test
  void whatFailsIsToldForAMinute() {
    assertThat(failures.at(0)).isNull();
    failures.note(new IllegalStateException("record 7"), 10);
    assertThat(failures.at(9 + MINUTE)).contains("record 7");
    assertThat(failures.at(10 + MINUTE)).isNull();
  }

  @Test
  void onlyTheSameWithinAMinuteIsARepetition() {
    assertThat(failures.note(new IllegalStateException("record 7"), 0)).isFalse();
    assertThat(failures.note(new IllegalStateException("record 7"), 5)).isTrue();
    assertThat(failures.note(new IllegalStateException("record 8"), 6)).isFalse();
    assertThat(failures.note(new IllegalStateException("record 8"), 6 + MINUTE)).isFalse();
  }
}
