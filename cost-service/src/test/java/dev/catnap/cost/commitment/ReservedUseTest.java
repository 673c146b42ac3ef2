package dev.catnap.cost.commitment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.cost.ledger.ContainerHistory;
import dev.catnap.cost.ledger.LedgerLines;
import dev.catnap.cost.ledger.Posting;
import dev.catnap.cost.ledger.Reservation;
import dev.catnap.cost.ledger.StateSpan;
import dev.catnap.cost.pricing.Cards;
import dev.catnap.cost.pricing.RateHistory;
import dev.catnap.cost.pricing.RateScope;
import dev.catnap.cost.pricing.RateVersion;
import dev.catnap.cost.pricing.Rates;
import dev.catnap.cost.pricing.ReservedCapacity;
import dev.catnap.cost.report.ReservationCost;
import dev.catnap.events.RunState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Reserved capacity over days, from histories. */
class ReservedUseTest {
  private static final Instant START = Instant.parse("2026-01-15T00:00:00Z");
  private static final Instant END = START.plus(Duration.ofHours(30));
  private static final long CORE = 1_000_000_000L;

  /** Settled by the hour: 2 cores for half an hour fit into 1 core reserved for the hour. */
  @Test
  void an_hour_is_settled_as_a_whole() {
    Instant half = START.plus(Duration.ofMinutes(30));
    ContainerHistory busy =
        history("busy", "host-a", 2, List.of(span(RunState.RUNNING, START, half)));
    List<ReservationCost> costs =
        settled(
            START, START.plus(Duration.ofHours(2)), rates(everywhere("1", "0.04")), List.of(busy));
    assertThat(costs).hasSize(1);
    assertThat(costs.getFirst().amount()).isEqualByComparingTo("0.08");
    assertThat(costs.getFirst().services().getFirst().charged()).isEqualByComparingTo("0.04");
    assertThat(costs.getFirst().services().getFirst().coreHours()).isEqualByComparingTo("1");
    assertThat(costs.getFirst().unused()).isEqualByComparingTo("0.04");
    assertThat(costs.getFirst().exceeding()).isZero();
  }

  @Test
  void a_service_draws_on_its_most_specific_reservation_only() {
    ReservedCapacity host =
        new ReservedCapacity(
            START,
            null,
            RateScope.of("host-a", null),
            BigDecimal.ONE,
            BigDecimal.ZERO,
            new BigDecimal("0.04"),
            "USD");
    List<StateSpan> hour = List.of(span(RunState.RUNNING, START, START.plus(Duration.ofHours(1))));
    List<ReservationCost> costs =
        settled(
            START,
            START.plus(Duration.ofHours(1)),
            rates(everywhere("4", "0.04"), host),
            List.of(history("a", "host-a", 3, hour), history("b", "host-b", 1, hour)));
    assertThat(costs)
        .extracting(ReservationCost::capacity)
        .containsExactly(everywhere("4", "0.04"), host);
    assertThat(costs.get(0).services())
        .extracting(ReservationCost.Share::service)
        .containsExactly("b");
    assertThat(costs.get(1).services())
        .extracting(ReservationCost.Share::service)
        .containsExactly("a");
    assertThat(costs.get(1).exceeding()).isEqualByComparingTo("0.1");
  }

  @Property(tries = 60)
  void parts_add_up_and_so_do_windows_that_meet_on_the_hour(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 29) int hours) {
    Random random = new Random(seed);
    RateHistory rates = rates(everywhere(String.valueOf(1 + random.nextInt(4)), "0.123457"));
    List<ContainerHistory> histories = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      histories.add(history("service-" + i % 3, "host-" + i, random.nextInt(3), spans(random)));
    }
    Instant split = START.plus(Duration.ofHours(hours));
    ReservationCost whole = one(START, END, rates, histories);
    ReservationCost first = one(START, split, rates, histories);
    ReservationCost second = one(split, END, rates, histories);
    assertThat(whole.amount()).isEqualByComparingTo("3.70371");
    near(first.amount().add(second.amount()), whole.amount());
    near(first.unused().add(second.unused()), whole.unused());
    near(first.exceeding().add(second.exceeding()), whole.exceeding());
    near(first.saving().add(second.saving()), whole.saving());
    assertThat(
            whole.services().stream()
                .map(ReservationCost.Share::charged)
                .reduce(whole.unused(), BigDecimal::add))
        .isEqualByComparingTo(whole.amount());
  }

  /** Each figure is rounded to a millionth. */
  private static void near(BigDecimal one, BigDecimal other) {
    assertThat(one.subtract(other).abs()).isLessThanOrEqualTo(new BigDecimal("0.000005"));
  }

  private static ReservationCost one(
      Instant from, Instant to, RateHistory rates, List<ContainerHistory> histories) {
    List<ReservationCost> costs = settled(from, to, rates, histories);
    assertThat(costs).hasSize(1);
    return costs.getFirst();
  }

  private static List<ReservationCost> settled(
      Instant from, Instant to, RateHistory rates, List<ContainerHistory> histories) {
    ReservedUse use = new ReservedUse(from, to, rates);
    LedgerLines pricing = new LedgerLines(from, to, rates, List.of());
    histories.forEach(history ->
        pricing.of(
            history,
            line -> use.add(Posting.of(line, line.from()), history.labelsAt(line.from()))));
    return ReservationCost.of(use.settled());
  }

  private static RateHistory rates(ReservedCapacity... reserved) {
    List<RateVersion> versions = new ArrayList<>();
    versions.add(Cards.known(1, RateVersion.SINCE_EVER, Rates.DEFAULT));
    for (ReservedCapacity capacity : reserved) {
      versions.add(Cards.known(versions.size() + 1, RateVersion.SINCE_EVER, capacity));
    }
    return new RateHistory(versions, List.of());
  }

  private static ReservedCapacity everywhere(String cores, String amount) {
    return Cards.reserved(cores, "0", amount, START);
  }

  private static List<StateSpan> spans(Random random) {
    List<StateSpan> spans = new ArrayList<>();
    for (Instant at = START; at.isBefore(END); ) {
      Instant until = at.plusMillis(1 + random.nextInt(9_000_000));
      spans.add(span(RunState.values()[random.nextInt(RunState.values().length)], at, until));
      at = until;
    }
    return spans;
  }

  private static StateSpan span(RunState state, Instant from, Instant until) {
    return new StateSpan(state, "", from, until, 0L);
  }

  private static ContainerHistory history(
      String service, String host, int cores, List<StateSpan> spans) {
    return new ContainerHistory(
        service,
        service + "-1",
        spans.stream()
            .map(span ->
                new StateSpan(span.state(), host, span.from(), span.until(), span.residentBytes()))
            .toList(),
        List.of(),
        List.of(new Reservation(START, cores * CORE, 0L, null, Map.of())));
  }
}
