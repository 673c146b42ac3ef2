package dev.catnap.allinone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    Table table = new Table("SERVICE", "STATE");
    table.add("a", "RUNNING");
    table.add("a-long-name", "SLEEPING");
    assertThat(table)
        .hasToString("SERVICE      STATE\na            RUNNING\na-long-name  SLEEPING\n");
  }

  @Test
  void durationsShowTheirTwoLargestUnits() {
    assertThat(Durations.human(Duration.ofSeconds(59))).isEqualTo("59s");
    assertThat(Durations.human(Duration.ofSeconds(60))).isEqualTo("1m 0s");
    assertThat(Durations.human(Duration.ofSeconds(3_725))).isEqualTo("1h 2m");
    assertThat(Durations.human(Duration.ofHours(49))).isEqualTo("2d 1h");
    assertThat(Durations.human(Duration.ofSeconds(-1))).isEqualTo("0s");
  }
}
