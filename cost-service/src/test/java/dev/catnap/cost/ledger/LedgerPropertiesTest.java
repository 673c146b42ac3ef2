package dev.catnap.cost.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.cost.pricing.RateHistory;
import dev.catnap.cost.pricing.Rates;
import dev.catnap.cost.pricing.Resource;
import dev.catnap.events.RunState;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever happened, lines add up, and corrections make of what was booked what is right. */
class LedgerPropertiesTest {
  private static final Instant START = Instant.parse("2026-01-31T07:11:03.123Z");
  private static final Instant END = START.plus(Duration.ofHours(20));
  private static final YearMonth OPEN = YearMonth.of(2026, 3);
  private static final RateHistory RATES = rates("0.05");

  @Property(tries = 200)
  void nothing_is_negative_and_each_amount_is_its_quantity_at_its_rate(@ForAll long seed) {
    for (LedgerLine line : lines(history(new Random(seed)), START, END, RATES)) {
      assertThat(line.quantity()).isNotNegative();
      assertThat(line.awakeQuantity()).isGreaterThanOrEqualTo(line.quantity());
      assertThat(line.awakeAmount()).isGreaterThanOrEqualTo(line.amount());
      assertThat(line.reservedQuantity()).isNotNegative();
      assertThat(line.usedQuantity()).isNotNegative();
      if (line.resource() == Resource.STORAGE) {
        assertThat(line.awakeQuantity()).isEqualTo(line.quantity());
      }
      assertThat(line.from()).isBefore(line.to());
      assertThat(line.to())
          .isBeforeOrEqualTo(line.from().truncatedTo(ChronoUnit.HOURS).plusSeconds(3_600));
      assertThat(
              line.amount()
                  .multiply(line.resource().baseUnitsPerHour())
                  .subtract(line.quantity().multiply(line.rate()))
                  .abs())
          .isLessThanOrEqualTo(line.resource().baseUnitsPerHour().movePointLeft(18));
    }
  }

  @Property(tries = 200)
  void any_split_of_the_window_gives_the_same_sums(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 71_999_999) int millis) {
    ContainerHistory history = history(new Random(seed));
    Instant split = START.plusMillis(millis);
    List<LedgerLine> parts = new ArrayList<>(lines(history, START, split, RATES));
    parts.addAll(lines(history, split, END, RATES));
    assertThat(sums(parts)).isEqualTo(sums(lines(history, START, END, RATES)));
  }

  @Property(tries = 200)
  void what_is_booked_and_its_corrections_are_what_is_right(@ForAll long seed) {
    Random random = new Random(seed);
    List<LedgerLine> booked = new ArrayList<>(lines(history(random), START, END, RATES));
    for (int time = 0; time < 3; time++) {
      RateHistory rates = random.nextBoolean() ? RATES : rates("0.07");
      List<LedgerLine> right = lines(history(random), START, END, rates);
      YearMonth month = OPEN.plusMonths(time);
      List<LedgerLine> corrections = Corrections.of(booked, right, month);
      booked.addAll(corrections);
      assertThat(sums(booked)).isEqualTo(sums(right));
      assertThat(corrections)
          .allMatch(line -> line.booking().month().equals(month) && line.isCorrection())
          .allMatch(line -> line.booking().reason() != null)
          .allMatch(line -> line.booking().reversal() == line.micros() < 0);
      assertThat(Corrections.of(booked, right, month.plusMonths(1))).isEmpty();
    }
  }

  /** Quantities by all that a line is told apart by; those that cancel out are left out. */
  private static Map<String, BigDecimal> sums(List<LedgerLine> lines) {
    Map<String, BigDecimal> sums = new TreeMap<>();
    for (LedgerLine line : lines) {
      String key =
          line.from().truncatedTo(ChronoUnit.HOURS)
              + " "
              + line.host()
              + " "
              + line.state()
              + " "
              + line.resource()
              + " "
              + line.rate();
      sums.merge(key + " quantity", line.quantity(), BigDecimal::add);
      sums.merge(key + " awake", line.awakeQuantity(), BigDecimal::add);
      sums.merge(key + " reserved", line.reservedQuantity(), BigDecimal::add);
      sums.merge(key + " used", line.usedQuantity(), BigDecimal::add);
      sums.merge(key + " micros", BigDecimal.valueOf(line.micros()), BigDecimal::add);
    }
    sums.values().removeIf(sum -> sum.signum() == 0);
    return sums;
  }

  private static List<LedgerLine> lines(
      ContainerHistory history, Instant from, Instant to, RateHistory rates) {
    List<LedgerLine> lines = new ArrayList<>();
    new LedgerLines(from, to, rates, List.of()).of(history, lines::add);
    assertThat(lines).allMatch(line -> List.of(Resource.values()).contains(line.resource()));
    return lines;
  }

  private static RateHistory rates(String cpu) {
    return new RateHistory(
        List.of(
            Rates.DEFAULT,
            new Rates(
                START.plus(Duration.ofMinutes(301)),
                new BigDecimal(cpu),
                new BigDecimal("0.013"),
                new BigDecimal("0.17"),
                BigDecimal.valueOf(730),
                "USD")));
  }

  private static ContainerHistory history(Random random) {
    List<StateSpan> spans = new ArrayList<>();
    for (Instant at = START.minusMillis(random.nextInt(5_000_000)); at.isBefore(END); ) {
      Instant until = at.plusMillis(1 + random.nextInt(9_000_000));
      RunState state = RunState.values()[random.nextInt(RunState.values().length)];
      Long resident = random.nextBoolean() ? null : (long) random.nextInt(900_000_000);
      spans.add(new StateSpan(state, "host-" + random.nextInt(2), at, until, resident));
      at = until;
    }
    List<UsedHour> hours = new ArrayList<>();
    for (int i = -3; i < 20; i++) {
      long micros = 1 + random.nextInt(1_000_000_000);
      BigInteger sum =
          BigInteger.valueOf(micros).multiply(BigInteger.valueOf(random.nextInt(1 << 30)));
      if (random.nextInt(3) > 0) {
        Instant hour = START.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(i));
        hours.add(
            new UsedHour(hour, random.nextBoolean(), sum, micros, sum, micros, 500_000_000L, null));
      }
    }
    return new ContainerHistory(
        "web", "web-1", Instant.MIN, Instant.MAX, spans, hours, storage(random), setAside(random));
  }

  private static List<StorageHour> storage(Random random) {
    List<StorageHour> storage = new ArrayList<>();
    for (int i = -3; i < 20; i++) {
      if (random.nextInt(4) == 0) {
        storage.add(
            new StorageHour(
                START.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(i)),
                BigInteger.valueOf(random.nextLong(1L << 50)),
                1 + random.nextInt(6)));
      }
    }
    return storage;
  }

  private static List<Reservation> setAside(Random random) {
    List<Reservation> setAside = new ArrayList<>();
    for (int i = 0; i < random.nextInt(3); i++) {
      Long bytes = random.nextBoolean() ? null : (Long) random.nextLong(1L << 48);
      setAside.add(
          new Reservation(
              START.plusSeconds(i * 20_000L + random.nextInt(10_000)),
              null,
              null,
              bytes,
              null,
              Map.of()));
    }
    return setAside;
  }
}
