package dev.catnap.cost.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.cost.Intervals;
import dev.catnap.events.RunState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/**
 * Side by side with the formulas of the OpenCost specification v0.1 and the values it gives beside
 * them: "Amount ... e.g. 2 CPU cores", "Duration ... e.g. 24 hours", "HourlyRate ... e.g. $0.2 per
 * CPU hourly rate", "Total Cost - defined as Amount * Duration * HourlyRate".
 */
class OpenCostTest {
  private static final Rates RATES =
      new Rates(
          Instant.EPOCH,
          new BigDecimal("0.2"),
          new BigDecimal("0.01"),
          new BigDecimal("0.10"),
          BigDecimal.valueOf(720),
          "USD");
  private static final BigDecimal CORES = BigDecimal.valueOf(2);
  private static final BigDecimal HOURS = BigDecimal.valueOf(24);
  private static final BigDecimal RATE = new BigDecimal("0.2");

  /** Cluster Asset Costs: 2 cores x 24 h x 0.2 = 9.6. */
  @Test
  void resource_allocation_cost_is_amount_by_duration_by_rate() {
    BigDecimal published = CORES.multiply(HOURS).multiply(RATE);
    assertThat(published).isEqualByComparingTo("9.6");
    assertThat(cpu(2, 0)).isEqualByComparingTo(published);
  }

  /** Workload Costs: "should be understood as max(request, usage)". */
  @Test
  void workload_cost_is_the_larger_of_request_and_usage() {
    for (double[] pair : new double[][] {{2, 0.5}, {0.5, 2}, {0, 2}, {2, 2}}) {
      BigDecimal published =
          BigDecimal.valueOf(Math.max(pair[0], pair[1])).multiply(HOURS).multiply(RATE);
      assertThat(cpu(pair[0], pair[1])).isEqualByComparingTo(published);
    }
  }

  /** Idle Costs: "Cluster Idle Cost = Cluster Asset Costs - Workload Costs". */
  @Test
  void idle_is_what_workloads_leave_of_the_asset() {
    BigDecimal asset = CORES.multiply(HOURS).multiply(RATE);
    BigDecimal workloads = cpu(0.5, 0.2).add(cpu(0.25, 0.75));
    BigDecimal published = asset.subtract(new BigDecimal("1.25").multiply(HOURS).multiply(RATE));
    assertThat(asset.subtract(workloads)).isEqualByComparingTo(published);
    assertThat(published).isEqualByComparingTo("3.6");
  }

  /** "Cluster Idle % = Idle Cost / Resource Allocation Costs". */
  @Test
  void idle_share_is_idle_by_allocation() {
    BigDecimal asset = CORES.multiply(HOURS).multiply(RATE);
    BigDecimal idle = asset.subtract(cpu(0.5, 0.2)).subtract(cpu(0.25, 0.75));
    assertThat(idle.divide(asset)).isEqualByComparingTo("0.375");
  }

  /**
   * Resource Usage Costs: "Amount ... e.g. 1GB of internet egress", "TotalCost - defined as Amount
   * * UnitRate"; it gives no rate, 0.09 is ours, and our unit is the GiB. The duration does not
   * count.
   */
  @Test
  void network_cost_is_amount_by_unit_rate() {
    Cost cost = new Cost();
    Pricing.price(Intervals.hour(RunState.RUNNING).moving(0, 1), Cards.network("0.01", "0.09"))
        .forEach(cost::add);
    assertThat(cost.actual(Resource.NETWORK_OUT))
        .isEqualByComparingTo(BigDecimal.ONE.multiply(new BigDecimal("0.09")));
    assertThat(cost.actual(Resource.NETWORK_IN)).isZero();
  }

  private static BigDecimal cpu(double requested, double used) {
    Interval interval =
        Intervals.hour(RunState.RUNNING)
            .reserving(requested, 0)
            .using(used, 0)
            .build(Intervals.NOON, Intervals.NOON.plus(Duration.ofHours(24)));
    Cost cost = new Cost();
    Pricing.price(interval, RATES).forEach(cost::add);
    return cost.actual(Resource.CPU);
  }
}
