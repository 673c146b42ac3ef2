package dev.catnap.cost.pricing;

import static dev.catnap.cost.Intervals.hour;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.cost.Intervals;
import dev.catnap.events.RunState;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** By hand: 0.05 a core-hour, 0.01 a GiB-hour, an hour of a container with 1 core and 1 GiB. */
class PricingTest {

  @ParameterizedTest
  @CsvSource({
    // state,  cores, GiB, asleep GiB, CPU,  memory, CPU awake, memory awake
    "RUNNING,  0.25,  0.5, ,           0.05, 0.01,   0.05,      0.01",
    "RUNNING,  2,     3,   ,           0.10, 0.03,   0.10,      0.03",
    "SLEEPING, 2,     3,   0.5,        0,    0.005,  0.10,      0.03",
    "SLEEPING, 0.25,  0.5, 0.25,       0,    0.0025, 0.05,      0.01",
    "SLEEPING, 0.25,  0.5, ,           0,    0.01,   0.05,      0.01",
    "SLEEPING, 0.25,  0.5, 4,          0,    0.04,   0.05,      0.04",
    "STOPPED,  2,     3,   ,           0,    0,      0.10,      0.03",
    "WAKING,   2,     3,   ,           0.10, 0.03,   0.10,      0.03",
    "FALLING_ASLEEP, 2, 3, ,           0.10, 0.03,   0.10,      0.03",
    "FAILED,   2,     3,   ,           0.10, 0.03,   0.10,      0.03",
    "UNKNOWN,  2,     3,   ,           0.10, 0.03,   0.10,      0.03",
  })
  void price_of_an_hour(
      RunState state,
      double cores,
      double gib,
      Double asleep,
      BigDecimal cpu,
      BigDecimal memory,
      BigDecimal cpuAwake,
      BigDecimal memoryAwake) {
    Intervals used = hour(state).using(cores, gib);
    List<CostLine> lines =
        Pricing.price((asleep == null ? used : used.residentAsleep(asleep)).build(), Rates.DEFAULT);
    assertThat(lines.get(0).resource()).isEqualTo(Resource.CPU);
    assertThat(lines.get(0).amount()).isEqualByComparingTo(cpu);
    assertThat(lines.get(0).awakeAmount()).isEqualByComparingTo(cpuAwake);
    assertThat(lines.get(1).resource()).isEqualTo(Resource.MEMORY);
    assertThat(lines.get(1).amount()).isEqualByComparingTo(memory);
    assertThat(lines.get(1).awakeAmount()).isEqualByComparingTo(memoryAwake);
  }

  @ParameterizedTest
  @EnumSource(RunState.class)
  void storage_is_paid_by_the_month_in_every_state(RunState state) {
    List<CostLine> lines = Pricing.price(hour(state).storing(720).build(), Rates.DEFAULT);
    assertThat(lines).hasSize(3);
    // 720 GiB for an hour are one GiB for a month of 720 h.
    assertThat(lines.getLast().amount()).isCloseTo(new BigDecimal("0.10"), within("1e-12"));
    assertThat(lines.getLast().awakeAmount()).isEqualTo(lines.getLast().amount());
  }

  @Test
  void unknown_storage_of_a_stopped_container_counts_as_nothing_and_says_so() {
    CostLine storage = Pricing.price(hour(RunState.STOPPED).build(), Rates.DEFAULT).getLast();
    assertThat(storage.resource()).isEqualTo(Resource.STORAGE);
    assertThat(storage.amount()).isZero();
    assertThat(storage.assumptions()).containsExactly(Assumption.STORAGE_UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    // reserved, measured, how, paid for, said
    "10,  4,  MEASURED, 10, STORAGE_MEASURED",
    "4,   10, MEASURED, 10, STORAGE_MEASURED",
    ",    10, EARLIER,  10, STORAGE_AS_EARLIER",
    "11,  10, EARLIER,  11, STORAGE_AS_EARLIER",
    "10,  ,   ,         10, STORAGE_RESERVED",
    "0,   0,  MEASURED, 0,  STORAGE_MEASURED",
  })
  void storage_is_the_larger_of_reserved_and_measured(
      Long reserved, Long measured, Evidence evidence, long paid, Assumption said) {
    Storage storage =
        Storage.of(reserved, measured == null ? null : new Storage(measured, evidence));
    CostLine line =
        Pricing.price(hour(RunState.STOPPED).storing(storage).build(), Rates.DEFAULT).getLast();
    assertThat(line.resource()).isEqualTo(Resource.STORAGE);
    assertThat(line.quantity()).isEqualByComparingTo(BigDecimal.valueOf(paid * 3_600_000_000L));
    assertThat(line.assumptions()).containsExactly(said);
  }

  @Test
  void storage_neither_reserved_nor_measured_is_not_known() {
    assertThat(Storage.of(null, null)).isNull();
  }

  /** 3 GiB in at 0.01 and 2 GiB out at 0.09, whatever the state. */
  @ParameterizedTest
  @EnumSource(RunState.class)
  void network_is_paid_by_what_is_moved_and_is_no_saving(RunState state) {
    List<CostLine> lines = Pricing.price(hour(state).moving(3, 2), Cards.network("0.01", "0.09"));
    CostLine in = lines.get(lines.size() - 2);
    CostLine out = lines.getLast();
    assertThat(in.resource()).isEqualTo(Resource.NETWORK_IN);
    assertThat(in.amount()).isEqualByComparingTo("0.03");
    assertThat(out.resource()).isEqualTo(Resource.NETWORK_OUT);
    assertThat(out.amount()).isEqualByComparingTo("0.18");
    assertThat(out.awakeQuantity()).isEqualTo(out.quantity());
    assertThat(out.assumptions()).containsExactly(Assumption.NETWORK_MEASURED);
  }

  @Test
  void network_without_price_or_bytes_has_no_line() {
    assertThat(Pricing.price(hour(RunState.RUNNING).moving(3, 2), Rates.DEFAULT)).hasSize(2);
    assertThat(Pricing.price(hour(RunState.RUNNING).moving(3, 0), Cards.network("0", "0.09")))
        .hasSize(2);
  }

  @Test
  void pausing_without_a_measure_credits_no_memory_and_says_so() {
    CostLine memory = Pricing.price(hour(RunState.SLEEPING).build(), Rates.DEFAULT).get(1);
    assertThat(memory.quantity()).isEqualByComparingTo(memory.awakeQuantity());
    assertThat(memory.assumptions()).contains(Assumption.ASLEEP_NOT_MEASURED);
  }

  @Test
  void never_measured_is_what_is_reserved_and_says_so() {
    CostLine cpu =
        Pricing.price(hour(RunState.RUNNING).never_measured().build(), Rates.DEFAULT).getFirst();
    assertThat(cpu.amount()).isEqualByComparingTo("0.05");
    assertThat(cpu.assumptions()).containsExactly(Assumption.AWAKE_RESERVED);
  }

  @ParameterizedTest
  @EnumSource(RunState.class)
  void awake_never_costs_less(RunState state) {
    for (CostLine line : Pricing.price(hour(state).residentAsleep(9).build(), Rates.DEFAULT)) {
      assertThat(line.awakeQuantity()).isGreaterThanOrEqualTo(line.quantity());
      assertThat(line.quantity()).isNotNegative();
    }
  }

  private static org.assertj.core.data.Offset<BigDecimal> within(String distance) {
    return org.assertj.core.data.Offset.offset(new BigDecimal(distance));
  }
}
