package dev.catnap.ingest.activity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InFlightTest {
  @Test
  void takesAllOrNothing() {
    InFlight inFlight = new InFlight(10);
    assertThat(inFlight.tryTake(7)).isTrue();
    assertThat(inFlight.tryTake(4)).isFalse();
    assertThat(inFlight.tryTake(3)).isTrue();
    assertThat(inFlight.taken()).isEqualTo(10);
    inFlight.giveBack(7);
    assertThat(inFlight.tryTake(7)).isTrue();
  }
}
