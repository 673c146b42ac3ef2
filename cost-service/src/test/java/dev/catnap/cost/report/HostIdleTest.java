package dev.catnap.cost.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.cost.ledger.ContainerHistory;
import dev.catnap.cost.ledger.Reservation;
import dev.catnap.cost.ledger.StateSpan;
import dev.catnap.cost.pricing.Level;
import dev.catnap.cost.pricing.RateHistory;
import dev.catnap.cost.pricing.Rates;
import dev.catnap.events.RunState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Sum of services + idle of the host = cost of the host. */
class HostIdleTest {
  private static final Instant START = Instant.parse("2026-01-15T10:00:00Z");
  private static final Window DAY = new Window(START, START.plus(Duration.ofDays(1)), null);
  private static final long GIB = 1L << 30;

  /** 4 cores and 16 GiB; one container has 1 core and 4 GiB for the day, another for half of it. */
  @Example
  void idle_is_what_is_left_of_the_host() {
    CostReport report = report();
    report.add(container("web", 1_000_000_000L, 4 * GIB, 24));
    report.add(container("tool", 1_000_000_000L, 4 * GIB, 12));
    IdleReport idle = report.idle(List.of(host("host-a", 4_000_000_000L, 16 * GIB)), Sharing.EVEN);
    HostIdle host = idle.hosts().getFirst();
    // 4 x 24 x 0.05 + 16 x 24 x 0.01.
    assertThat(host.cost()).isEqualByComparingTo("8.64");
    // 36 h of a core and of 4 GiB.
    assertThat(host.workloads()).isEqualByComparingTo("3.24");
    assertThat(host.idleCpu()).isEqualByComparingTo("3.00");
    assertThat(host.idleMemory()).isEqualByComparingTo("2.40");
    assertThat(host.idle()).isEqualByComparingTo("5.40");
    assertThat(idle.shares().get("web")).isEqualByComparingTo("2.70");
    assertThat(
            report
                .idle(List.of(host("host-a", 4_000_000_000L, 16 * GIB)), Sharing.WEIGHTED)
                .shares()
                .get("web"))
        .isEqualByComparingTo("3.60");
  }

  @Example
  void capacity_that_is_not_known_is_said_so() {
    CostReport report = report();
    report.add(container("web", 1_000_000_000L, GIB, 24));
    IdleReport idle = report.idle(List.of(), Sharing.WEIGHTED);
    assertThat(idle.shares()).isEmpty();
    assertThat(idle.hosts())
        .singleElement()
        .satisfies(host -> {
          assertThat(host.idle()).isNull();
          assertThat(host.cost()).isNull();
          assertThat(host.reason()).contains("not set");
          assertThat(host.workloads()).isPositive();
        });
  }

  @Property(tries = 200)
  void parts_add_up(
      @ForAll @IntRange(min = 1, max = 8_000) int milliCores,
      @ForAll @IntRange(min = 1, max = 40_000) int mebibytes,
      @ForAll @IntRange(min = 1, max = 24) int hours,
      @ForAll Sharing sharing) {
    CostReport report = report();
    report.add(container("web", milliCores * 333_333L, (long) mebibytes << 20, 24));
    report.add(container("tool", milliCores * 77_777L, (long) mebibytes << 19, hours));
    report.add(container("third", 1, 1, hours));
    IdleReport idle =
        report.idle(
            List.of(host("host-a", 3_000_000_001L, 17 * GIB + 7), host("empty", 1, GIB)), sharing);
    BigDecimal shared = BigDecimal.ZERO;
    for (HostIdle host : idle.hosts()) {
      assertThat(host.workloads().add(host.idle())).isEqualByComparingTo(host.cost());
      assertThat(host.idleCpu().add(host.idleMemory())).isEqualByComparingTo(host.idle());
      if (host.host().equals("host-a")) {
        shared = host.idle().max(BigDecimal.ZERO);
      }
    }
    BigDecimal sum = idle.shares().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(sum).isEqualByComparingTo(sharing == Sharing.NONE ? BigDecimal.ZERO : shared);
  }

  private static CostReport report() {
    return new CostReport(
        DAY, Aggregation.parse("service"), new RateHistory(List.of(Rates.DEFAULT)), false);
  }

  private static HostCapacity host(String name, long nanoCores, long bytes) {
    return new HostCapacity(name, new Level(nanoCores, bytes));
  }

  private static ContainerHistory container(String service, long nanoCores, long bytes, int hours) {
    return new ContainerHistory(
        service,
        service + "-1",
        List.of(
            new StateSpan(
                RunState.RUNNING, "host-a", START, START.plus(Duration.ofHours(hours)), null)),
        List.of(),
        List.of(new Reservation(START, nanoCores, bytes, null, Map.of())));
  }
}
