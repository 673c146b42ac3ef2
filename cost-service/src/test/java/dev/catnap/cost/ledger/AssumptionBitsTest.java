package dev.catnap.cost.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.cost.pricing.Assumption;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssumptionBitsTest {
  /** Stored numbers keep their meaning: this list only grows, at its end. */
  @Test
  void bits_are_those_that_are_stored() {
    assertThat(List.of(Assumption.values()).subList(0, 14))
        .containsExactly(
            Assumption.AWAKE_MEASURED,
            Assumption.AWAKE_AS_EARLIER,
            Assumption.AWAKE_RESERVED,
            Assumption.ASLEEP_NO_CPU,
            Assumption.ASLEEP_RESIDENT,
            Assumption.ASLEEP_NOT_MEASURED,
            Assumption.STOPPED_STORAGE_ONLY,
            Assumption.STORAGE_MEASURED,
            Assumption.STORAGE_UNKNOWN,
            Assumption.OTHER_AS_RUNNING,
            Assumption.NETWORK_MEASURED,
            Assumption.SPOT_RATE,
            Assumption.STORAGE_AS_EARLIER,
            Assumption.STORAGE_RESERVED);
    assertThat(AssumptionBits.of(List.of(Assumption.AWAKE_RESERVED))).isEqualTo(4);
  }

  @Test
  void all_come_back() {
    EnumSet<Assumption> all = EnumSet.allOf(Assumption.class);
    assertThat(AssumptionBits.read(AssumptionBits.of(all))).isEqualTo(all);
    assertThat(AssumptionBits.read(0)).isEmpty();
  }
}
