package dev.catnap.cost.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.cost.pricing.Evidence;
import dev.catnap.cost.pricing.RateHistory;
import dev.catnap.cost.pricing.Rates;
import dev.catnap.cost.pricing.Resource;
import dev.catnap.cost.pricing.Storage;
import dev.catnap.events.RunState;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StorageLevelsTest {
  private static final Instant TEN = Instant.parse("2026-01-15T10:00:00Z");
  private static final long GIB = 1L << 30;

  private static Instant hour(int hours) {
    return TEN.plusSeconds(hours * 3_600L);
  }

  private static StorageHour measured(int hour, long sum, long measures) {
    return new StorageHour(hour(hour), BigInteger.valueOf(sum), measures);
  }

  @Test
  void an_hour_has_the_mean_of_its_measures_rounded_once() {
    StorageLevels levels = new StorageLevels(List.of(measured(0, 11, 2), measured(1, 7, 2)));
    // Half to even: 5.5 is 6, 3.5 is 4.
    assertThat(levels.at(hour(0))).isEqualTo(new Storage(6, Evidence.MEASURED));
    assertThat(levels.at(hour(1))).isEqualTo(new Storage(4, Evidence.MEASURED));
  }

  @Test
  void what_was_measured_stands_until_it_is_measured_again() {
    StorageLevels levels = new StorageLevels(List.of(measured(2, 10, 1), measured(900, 30, 1)));
    assertThat(levels.at(hour(1))).isNull();
    assertThat(levels.at(hour(3))).isEqualTo(new Storage(10, Evidence.EARLIER));
    assertThat(levels.at(hour(899))).isEqualTo(new Storage(10, Evidence.EARLIER));
    assertThat(levels.at(hour(901))).isEqualTo(new Storage(30, Evidence.EARLIER));
  }

  /** Awake for an hour with 3 GiB, stopped for two, and 5 GiB are set aside in the last. */
  @Test
  void stopped_it_pays_for_storage_and_saves_none_of_it() {
    ContainerHistory history =
        new ContainerHistory(
            "web",
            "web-1",
            Instant.MIN,
            Instant.MAX,
            List.of(
                new StateSpan(RunState.RUNNING, "host-a", hour(0), hour(1), null),
                new StateSpan(RunState.STOPPED, "host-a", hour(1), null, null)),
            List.of(),
            List.of(measured(0, 3 * GIB, 1)),
            List.of(
                new Reservation(hour(0), null, null, null, null, Map.of()),
                new Reservation(hour(2), null, null, 5 * GIB, null, Map.of())));
    List<LedgerLine> lines = new ArrayList<>();
    new LedgerLines(hour(0), hour(3), new RateHistory(List.of(Rates.DEFAULT)), List.of())
        .of(history, lines::add);
    List<LedgerLine> storage =
        lines.stream().filter(line -> line.resource() == Resource.STORAGE).toList();
    assertThat(storage)
        .extracting(line -> line.quantity().divide(line.resource().baseUnitsPerHour()))
        .usingElementComparator(BigDecimal::compareTo)
        .containsExactly(new BigDecimal("3"), new BigDecimal("3"), new BigDecimal("5"));
    assertThat(storage).allMatch(line -> line.amount().equals(line.awakeAmount()));
    assertThat(lines)
        .filteredOn(line -> line.state() == RunState.STOPPED)
        .filteredOn(line -> line.resource() != Resource.STORAGE)
        .allMatch(line -> line.quantity().signum() == 0);
  }
}
