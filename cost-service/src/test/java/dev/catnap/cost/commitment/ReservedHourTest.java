package dev.catnap.cost.commitment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.cost.Intervals;
import dev.catnap.cost.ledger.Posting;
import dev.catnap.cost.pricing.Cards;
import dev.catnap.cost.pricing.CostLine;
import dev.catnap.cost.pricing.Pricing;
import dev.catnap.cost.pricing.Rates;
import dev.catnap.cost.report.ReservationCost;
import dev.catnap.events.RunState;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** By hand: 0.05 a core-hour and 0.01 a GiB-hour beside what is reserved. */
class ReservedHourTest {
  private static final YearMonth MONTH = YearMonth.of(1970, 1);
  private static final BigDecimal HOUR = BigDecimal.valueOf(3_600_000_000L);

  /** 4 cores for 0.12: 0.03 a core. 1 and 2 cores are used, 1 is not. */
  @Test
  void what_is_not_used_is_paid_as_well() {
    ReservationCost cost = settle("4", "0", "0.12", running("a", 1, 0), running("b", 2, 0));
    assertThat(cost.amount()).isEqualByComparingTo("0.12");
    assertThat(cost.unused()).isEqualByComparingTo("0.03");
    assertThat(cost.exceeding()).isZero();
    assertThat(cost.services()).hasSize(2);
    assertThat(cost.services().getFirst().charged()).isEqualByComparingTo("0.03");
    assertThat(cost.services().getLast().charged()).isEqualByComparingTo("0.06");
    assertThat(cost.services().getLast().coreHours()).isEqualByComparingTo("2");
  }

  /** 2 cores for 0.06; 1 and 3 are used: half of each is covered, 0.5 and 1.5 paid at 0.05. */
  @Test
  void what_exceeds_it_is_paid_at_the_card_in_the_same_share() {
    ReservationCost cost = settle("2", "0", "0.06", running("a", 1, 0), running("b", 3, 0));
    assertThat(cost.unused()).isZero();
    assertThat(cost.services().getFirst().charged()).isEqualByComparingTo("0.015");
    assertThat(cost.services().getFirst().exceeding()).isEqualByComparingTo("0.025");
    assertThat(cost.services().getLast().charged()).isEqualByComparingTo("0.045");
    assertThat(cost.services().getLast().exceeding()).isEqualByComparingTo("0.075");
    assertThat(cost.exceeding()).isEqualByComparingTo("0.1");
  }

  /** 2 cores and 10 GiB cost 0.1 and 0.1 by the card: half of 0.12 is for CPU, half for memory. */
  @Test
  void amount_is_split_as_the_card_would_have_it() {
    ReservationCost cost = settle("2", "10", "0.12", running("a", 1, 10));
    assertThat(cost.services().getFirst().charged()).isEqualByComparingTo("0.09");
    assertThat(cost.unused()).isEqualByComparingTo("0.03");
    assertThat(cost.services().getFirst().memoryGibHours()).isEqualByComparingTo("10");
  }

  /** Asleep, 1 core is freed, but 2 of the 3 are reserved: only what exceeded is saved. */
  @Test
  void sleeping_within_the_reservation_saves_nothing() {
    ReservationCost within = settle("2", "0", "0.06", asleep("a", 2));
    assertThat(within.saving()).isZero();
    assertThat(within.unused()).isEqualByComparingTo("0.06");
    ReservationCost beyond = settle("2", "0", "0.06", running("a", 2, 0), asleep("b", 1));
    assertThat(beyond.saving()).isEqualByComparingTo("0.05");
    assertThat(beyond.unused()).isZero();
  }

  @Test
  void nobody_there_is_all_unused() {
    ReservationCost cost = settle("2", "4", "0.06");
    assertThat(cost.unused()).isEqualByComparingTo("0.06");
    assertThat(cost.services()).isEmpty();
  }

  /** Closed with 1 of 2 cores used; later it is known to have been 3: 2 covered, 1 at the card. */
  @Test
  void correction_of_a_closed_month_is_the_difference_it_makes() {
    ReservedHour hour =
        new ReservedHour(
            Cards.reserved("2", "0", "0.06", Instant.EPOCH), Rates.DEFAULT, Instant.EPOCH, HOUR);
    CostLine one = Pricing.price(running("a", 1, 0).interval().build(), Rates.DEFAULT).getFirst();
    CostLine two = Pricing.price(running("b", 2, 0).interval().build(), Rates.DEFAULT).getFirst();
    hour.add(posting("a", one, MONTH));
    hour.add(posting("b", two, MONTH.plusMonths(2)));
    SettlementSum sum = new SettlementSum();
    hour.settle(sum);
    ReservationCost closed = ReservationCost.of(sum.settlement().bookedIn(MONTH)).getFirst();
    assertThat(closed.unused()).isEqualByComparingTo("0.03");
    assertThat(closed.services().getFirst().charged()).isEqualByComparingTo("0.03");
    ReservationCost later =
        ReservationCost.of(sum.settlement().bookedIn(MONTH.plusMonths(2))).getFirst();
    assertThat(later.amount()).isZero();
    assertThat(later.unused()).isEqualByComparingTo("-0.03");
    assertThat(later.services().getFirst().charged()).isEqualByComparingTo("-0.01");
    assertThat(later.services().getLast().charged()).isEqualByComparingTo("0.04");
    assertThat(ReservationCost.of(sum.settlement()).getFirst().exceeding())
        .isEqualByComparingTo("0.05");
  }

  @Property(tries = 300)
  void parts_add_up_to_the_amount_and_nothing_is_lost(@ForAll long seed) {
    Random random = new Random(seed);
    List<Use> uses = new ArrayList<>();
    for (int i = 0; i < random.nextInt(12); i++) {
      double cores = random.nextInt(4) + random.nextDouble();
      uses.add(
          random.nextInt(3) == 0
              ? asleep("s" + i % 5, cores)
              : running("s" + i % 5, cores, random.nextInt(9) * random.nextDouble()));
    }
    String cores = BigDecimal.valueOf(random.nextInt(9_000), 3).toPlainString();
    String amount = BigDecimal.valueOf(random.nextInt(1_000_000), 6).toPlainString();
    ReservationCost cost =
        settle(cores, String.valueOf(1 + random.nextInt(9)), amount, uses.toArray(Use[]::new));
    BigDecimal sum = cost.unused();
    for (ReservationCost.Share share : cost.services()) {
      assertThat(share.charged()).isNotNegative();
      assertThat(share.exceeding()).isNotNegative();
      sum = sum.add(share.charged());
    }
    assertThat(sum).isEqualByComparingTo(cost.amount()).isEqualByComparingTo(amount);
    assertThat(cost.unused()).isNotNegative();
    assertThat(cost.saving()).isNotNegative();
  }

  @Property
  void coverage_is_whole_within_each_demand_and_as_large_as_can_be(
      @ForAll @Size(max = 20)
          List<@LongRange(min = 0, max = 4_000_000_000_000_000_000L) Long> numbers,
      @ForAll @LongRange(min = 0) long capacity) {
    List<BigDecimal> demands = numbers.stream().map(BigDecimal::valueOf).toList();
    List<BigDecimal> covered = Coverage.cover(demands, BigDecimal.valueOf(capacity));
    BigDecimal wanted = demands.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal sum = covered.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(sum).isEqualByComparingTo(wanted.min(BigDecimal.valueOf(capacity)));
    for (int i = 0; i < demands.size(); i++) {
      assertThat(covered.get(i)).isBetween(BigDecimal.ZERO, demands.get(i));
      assertThat(covered.get(i).stripTrailingZeros().scale()).isLessThanOrEqualTo(0);
    }
  }

  private record Use(String service, Intervals interval) {}

  private static Use running(String service, double cores, double gib) {
    return new Use(service, Intervals.hour(RunState.RUNNING).reserving(cores, gib).using(0, 0));
  }

  private static Use asleep(String service, double cores) {
    return new Use(
        service,
        Intervals.hour(RunState.SLEEPING).reserving(cores, 0).using(0, 0).residentAsleep(0));
  }

  private static ReservationCost settle(String cores, String gib, String amount, Use... uses) {
    ReservedHour hour =
        new ReservedHour(
            Cards.reserved(cores, gib, amount, Instant.EPOCH), Rates.DEFAULT, Instant.EPOCH, HOUR);
    for (Use use : uses) {
      Pricing.price(use.interval().build(), Rates.DEFAULT)
          .forEach(line -> hour.add(posting(use.service(), line, MONTH)));
    }
    SettlementSum sum = new SettlementSum();
    hour.settle(sum);
    return ReservationCost.of(sum.settlement()).getFirst();
  }

  private static Posting posting(String service, CostLine line, YearMonth booked) {
    return new Posting(
        Instant.EPOCH,
        service,
        service,
        "host",
        line.interval().state(),
        line.resource(),
        line.rate(),
        "USD",
        booked,
        line.quantity(),
        line.awakeQuantity(),
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        List.of());
  }
}
