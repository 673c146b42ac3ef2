package dev.catnap.actuator.transition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.actuator.engine.NetworkReading;
import org.junit.jupiter.api.Test;

class VisitorsTest {
  private static final NetworkReading IDLE = new NetworkReading(1000, 2, 0, 0, 0);

  private static String between(NetworkReading before, NetworkReading now) {
    return Visitors.between(before, now, Visitors.NOISE_BYTES);
  }

  @Test
  void idleConnections_areNobody() {
    assertThat(between(IDLE, IDLE)).isNull();
    assertThat(Visitors.waiting(IDLE)).isNull();
  }

  @Test
  void bytes_areSomebody_fromOneAboveNoise() {
    assertThat(between(IDLE, new NetworkReading(1160, 2, 0, 0, 0))).isNull();
    assertThat(between(IDLE, new NetworkReading(1161, 2, 0, 0, 0)))
        .isEqualTo("161 bytes went over its network meanwhile");
  }

  @Test
  void bytesInFlight_areSomebody() {
    assertThat(between(null, new NetworkReading(0, 1, 1, 0, 0))).contains("one connection");
    assertThat(between(null, new NetworkReading(0, 2, 0, 2, 0))).contains("2 connections");
    assertThat(between(null, new NetworkReading(0, 1, 0, 0, 1))).contains("on its way");
  }

  @Test
  void ofASleeper_onlyWhoWaits_isSomebody() {
    assertThat(Visitors.waiting(new NetworkReading(9000, 3, 0, 0, 3))).isNull();
    assertThat(Visitors.waiting(new NetworkReading(0, 1, 1, 0, 0))).isNotNull();
    assertThat(Visitors.waiting(new NetworkReading(0, 1, 0, 1, 0))).isNotNull();
  }

  @Test
  void whatIsNotToBeSeen_isNobody() {
    assertThat(between(IDLE, null)).isNull();
    assertThat(between(null, IDLE)).isNull();
    assertThat(Visitors.waiting(null)).isNull();
  }
}
