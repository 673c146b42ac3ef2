package dev.catnap.actuator.transition.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DoneOffsetsTest {
  private final DoneOffsets offsets = new DoneOffsets();

  @Test
  void onlyWhatIsDoneWithoutAGapIsCommitted() {
    offsets.begin(0, 5);
    offsets.begin(0, 6);
    offsets.begin(0, 7);
    offsets.done(0, 6);
    offsets.committed(offsets.committable());
    assertThat(offsets.outstanding()).isEqualTo(2 + 1);
    offsets.done(0, 5);
    assertThat(offsets.committable()).isEqualTo(Map.of(0, 7L));
    offsets.done(0, 7);
    assertThat(offsets.committable()).isEqualTo(Map.of(0, 8L));
    offsets.committed(Map.of(0, 8L));
    assertThat(offsets.committable()).isEmpty();
    assertThat(offsets.outstanding()).isZero();
  }

  @Test
  void partitionsDoNotWaitForEachOther_andGapsInTheLogAreNoGaps() {
    offsets.begin(0, 1);
    offsets.begin(1, 10);
    offsets.begin(1, 12);
    offsets.done(1, 10);
    offsets.done(1, 12);
    assertThat(offsets.committable()).containsEntry(1, 13L);
  }

  @Test
  void whatWasTakenAwayMeanwhile_isPassedOver() {
    offsets.begin(0, 1);
    offsets.forgetAll();
    offsets.done(0, 1);
    assertThat(offsets.committable()).isEmpty();
  }
}
