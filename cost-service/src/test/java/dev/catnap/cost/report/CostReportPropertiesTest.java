package dev.catnap.cost.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.cost.commitment.ReservedUse;
import dev.catnap.cost.ledger.ContainerHistory;
import dev.catnap.cost.ledger.LedgerLines;
import dev.catnap.cost.ledger.MovedBytes;
import dev.catnap.cost.ledger.Posting;
import dev.catnap.cost.ledger.Reservation;
import dev.catnap.cost.ledger.StateSpan;
import dev.catnap.cost.ledger.StorageHour;
import dev.catnap.cost.ledger.UsedHour;
import dev.catnap.cost.pricing.Cards;
import dev.catnap.cost.pricing.Cost;
import dev.catnap.cost.pricing.RateHistory;
import dev.catnap.cost.pricing.RateVersion;
import dev.catnap.cost.pricing.Rates;
import dev.catnap.cost.pricing.Resource;
import dev.catnap.events.RunState;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever happened, the figures add up. */
class CostReportPropertiesTest {
  private static final Instant START = Instant.parse("2026-01-15T09:17:03.123Z");
  private static final Instant END = START.plus(Duration.ofHours(30));

  private static final RateHistory RATES =
      new RateHistory(
          List.of(
              Cards.network("0.01", "0.09"),
              new Rates(
                  START.plus(Duration.ofMinutes(601)),
                  new BigDecimal("0.07"),
                  new BigDecimal("0.013"),
                  new BigDecimal("0.17"),
                  BigDecimal.valueOf(730),
                  "USD")));

  @Property(tries = 100)
  void any_split_of_the_window_gives_the_same_sum(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 107_999_999) int splitMillis) {
    List<ContainerHistory> histories = histories(new Random(seed));
    Instant split = START.plusMillis(splitMillis);
    Cost whole = report(histories, START, END, "service", null).exact();
    Cost first = report(histories, START, split, "service", null).exact();
    Cost second = report(histories, split, END, "service", null).exact();
    for (Resource resource : Resource.values()) {
      assertSame(first.actual(resource).add(second.actual(resource)), whole.actual(resource));
      assertSame(first.saving(resource).add(second.saving(resource)), whole.saving(resource));
    }
  }

  /** Exact but for the cutting off, once a figure, at the eighteenth decimal. */
  private static void assertSame(BigDecimal one, BigDecimal other) {
    assertThat(one.subtract(other).abs()).isLessThanOrEqualTo(new BigDecimal("1e-17"));
  }

  @Property(tries = 60)
  void items_add_up_to_a_total_that_is_the_same_however_it_is_summed(@ForAll long seed) {
    List<ContainerHistory> histories = histories(new Random(seed));
    CostTotal total = report(histories, START, END, "service", null).total();
    for (String by : List.of("service", "container", "state", "host", "group", "label:team")) {
      CostReport report = report(histories, START, END, by, Duration.ofMinutes(97));
      assertThat(report.total()).isEqualTo(total);
      assertAddsUp(report);
    }
  }

  /** Paid = at the cards - covered + charged, of each and in sum, whatever it is summed by. */
  @Property(tries = 60)
  void reserved_capacity_adds_up_as_well(@ForAll long seed) {
    Random random = new Random(seed);
    List<ContainerHistory> histories = histories(random);
    BigDecimal amount = BigDecimal.valueOf(random.nextInt(90_000), 6);
    RateHistory rates =
        new RateHistory(
            List.of(
                Cards.known(1, RateVersion.SINCE_EVER, Rates.DEFAULT),
                Cards.known(
                    2,
                    RateVersion.SINCE_EVER,
                    Cards.reserved(
                        BigDecimal.valueOf(random.nextInt(1_500), 3).toPlainString(),
                        "0.25",
                        amount.toPlainString(),
                        START.plusSeconds(random.nextInt(50_000))))),
            List.of());
    ReservedUse use = new ReservedUse(START, END, rates);
    LedgerLines pricing = new LedgerLines(START, END, rates, List.of());
    histories.forEach(history ->
        pricing.of(
            history,
            line -> use.add(Posting.of(line, line.from()), history.labelsAt(line.from()))));
    ReservedCost same = null;
    for (String by : List.of("service", "container", "state", "host", "group", "label:team")) {
      CostReport report =
          new CostReport(new Window(START, END, null), Aggregation.parse(by), rates, false);
      histories.forEach(report::add);
      report.add(use.settled(), newest(histories), service -> true);
      assertReservedAddsUp(report);
      assertThat(report.reserved()).isEqualTo(same == null ? report.reserved() : same);
      same = report.reserved();
    }
  }

  private static Map<String, Reservation> newest(List<ContainerHistory> histories) {
    Map<String, Reservation> newest = new HashMap<>();
    histories.stream()
        .filter(history -> !history.reservations().isEmpty())
        .forEach(history -> newest.put(history.service(), history.reservations().getLast()));
    return newest;
  }

  private static void assertReservedAddsUp(CostReport report) {
    ReservedCost all = report.reserved();
    BigDecimal covered = BigDecimal.ZERO;
    BigDecimal charged = BigDecimal.ZERO;
    BigDecimal paid = all.unused();
    for (CostItem item : report.items()) {
      ReservedPart part = item.reserved();
      assertThat(part.paid())
          .isEqualByComparingTo(item.actual().subtract(part.covered()).add(part.charged()))
          .isNotNegative();
      assertThat(part.covered()).isNotNegative().isLessThanOrEqualTo(item.actual());
      covered = covered.add(part.covered());
      charged = charged.add(part.charged());
      paid = paid.add(part.paid());
    }
    assertThat(covered).isEqualByComparingTo(all.covered());
    assertThat(charged).isEqualByComparingTo(all.charged());
    assertThat(paid).isEqualByComparingTo(all.paid());
    assertThat(all.unused()).isNotNegative();
    assertThat(all.paid().add(all.savingBeforeSuite())).isEqualByComparingTo(all.baseline());
    assertThat(all.savingBeforeSuite())
        .isNotNegative()
        .isLessThanOrEqualTo(report.total().savingBeforeSuite());
  }

  private static void assertAddsUp(CostReport report) {
    BigDecimal actual = BigDecimal.ZERO;
    BigDecimal saving = BigDecimal.ZERO;
    for (CostItem item : report.items()) {
      BigDecimal parts =
          item.cpu()
              .actual()
              .add(item.memory().actual())
              .add(item.storage().actual())
              .add(network(item.networkIn()))
              .add(network(item.networkOut()));
      assertThat(parts).isEqualByComparingTo(item.actual());
      assertThat(item.storage().saving()).isZero();
      assertThat(item.baseline().subtract(item.actual()))
          .isEqualByComparingTo(item.savingBeforeSuite());
      assertThat(item.savingBeforeSuite()).isNotNegative();
      assertThat(item.actual()).isNotNegative();
      actual = actual.add(item.actual());
      saving = saving.add(item.savingBeforeSuite());
    }
    CostTotal total = report.total();
    assertThat(actual).isEqualByComparingTo(total.actual());
    assertThat(saving).isEqualByComparingTo(total.savingBeforeSuite());
    assertThat(total.baseline().subtract(total.actual())).isEqualByComparingTo(saving);
    assertThat(sum(report.series().stream().map(CostPoint::actual).toList()))
        .isEqualByComparingTo(total.actual());
    assertThat(sum(report.series().stream().map(CostPoint::savingBeforeSuite).toList()))
        .isEqualByComparingTo(total.savingBeforeSuite());
  }

  private static BigDecimal network(ResourceCost moved) {
    if (moved == null) {
      return BigDecimal.ZERO;
    }
    assertThat(moved.saving()).isZero();
    return moved.actual();
  }

  private static BigDecimal sum(List<BigDecimal> parts) {
    return parts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static CostReport report(
      List<ContainerHistory> histories, Instant from, Instant to, String by, Duration step) {
    CostReport report =
        new CostReport(new Window(from, to, step), Aggregation.parse(by), RATES, false);
    histories.forEach(report::add);
    return report;
  }

  private static List<ContainerHistory> histories(Random random) {
    List<ContainerHistory> histories = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      histories.add(history(random, "service-" + i % 3, "container-" + i));
    }
    return histories;
  }

  private static ContainerHistory history(Random random, String service, String container) {
    List<StateSpan> spans = new ArrayList<>();
    Instant at = START.minusMillis(random.nextInt(5_000_000));
    while (at.isBefore(END)) {
      Instant until = at.plusMillis(1 + random.nextInt(9_000_000));
      RunState state = RunState.values()[random.nextInt(RunState.values().length)];
      Long resident = random.nextBoolean() ? null : (long) random.nextInt(900_000_000);
      boolean last = !until.isBefore(END) && random.nextBoolean();
      spans.add(
          new StateSpan(state, "host-" + random.nextInt(2), at, last ? null : until, resident));
      at = until;
    }
    List<Reservation> reservations = new ArrayList<>();
    for (int i = 0; i < random.nextInt(3); i++) {
      reservations.add(
          new Reservation(
              START.plusSeconds(i * 20_000L + random.nextInt(10_000)),
              random.nextBoolean() ? null : (long) random.nextInt(900_000_000),
              random.nextBoolean() ? null : (long) random.nextInt(900_000_000),
              random.nextBoolean() ? null : (long) random.nextInt(900_000_000),
              random.nextBoolean() ? null : "group-" + random.nextInt(2),
              Map.of("team", "team-" + random.nextInt(2))));
    }
    return new ContainerHistory(
        service,
        container,
        Instant.MIN,
        Instant.MAX,
        spans,
        hours(random),
        storage(random),
        reservations);
  }

  private static List<StorageHour> storage(Random random) {
    Instant first = Instant.parse("2026-01-15T07:00:00Z");
    List<StorageHour> storage = new ArrayList<>();
    for (int i = 0; i < 33; i += 1 + random.nextInt(9)) {
      storage.add(
          new StorageHour(
              first.plus(Duration.ofHours(i)),
              BigInteger.valueOf(random.nextLong(1L << 42)),
              1 + random.nextInt(6)));
    }
    return storage;
  }

  private static List<UsedHour> hours(Random random) {
    List<UsedHour> hours = new ArrayList<>();
    Instant first = Instant.parse("2026-01-15T07:00:00Z");
    for (int i = 0; i < 33; i++) {
      if (random.nextInt(3) > 0) {
        long micros = 1 + random.nextInt(1_000_000_000);
        BigInteger sum =
            BigInteger.valueOf(micros).multiply(BigInteger.valueOf(random.nextInt()).abs());
        Long limit = random.nextBoolean() ? null : (long) random.nextInt(900_000_000);
        hours.add(
            new UsedHour(
                first.plus(Duration.ofHours(i)),
                random.nextBoolean(),
                sum,
                micros,
                sum,
                micros,
                limit,
                limit,
                new MovedBytes(
                    BigInteger.valueOf(random.nextInt(2) * random.nextLong(1L << 40)),
                    BigInteger.valueOf(random.nextLong(1L << 40)),
                    random.nextInt(2) * micros),
                1));
      }
    }
    return hours;
  }
}
