package dev.catnap.cost.focus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.cost.commitment.Drawn;
import dev.catnap.cost.commitment.Held;
import dev.catnap.cost.commitment.Settlement;
import dev.catnap.cost.ledger.Posting;
import dev.catnap.cost.pricing.Cards;
import dev.catnap.cost.pricing.Purchase;
import dev.catnap.cost.pricing.ReservedCapacity;
import dev.catnap.cost.pricing.Resource;
import dev.catnap.cost.report.Charge;
import dev.catnap.cost.report.Csv;
import dev.catnap.events.RunState;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FocusRowsTest {
  private static final Instant DAY = Instant.parse("2026-01-15T00:00:00Z");
  private static final FocusAccount ACCOUNT = new FocusAccount("team-1", "Catnap");
  private static final long CORE_HOUR = 3_600_000_000L;

  @Test
  void states_of_a_day_are_one_row_and_what_was_not_used_is_none() {
    List<FocusRow> rows =
        FocusRows.of(
            List.of(
                charge(RunState.RUNNING, 500_000_000L * CORE_HOUR, "0.05"),
                charge(RunState.FALLING_ASLEEP, 500_000_000L * CORE_HOUR, "0.05"),
                charge(RunState.SLEEPING, 0, "0.05"),
                charge(RunState.STOPPED, 0, "0.06")),
            Settlement.NOTHING,
            ACCOUNT);
    assertThat(rows).hasSize(1);
    assertThat(rows.getFirst().quantity()).isEqualByComparingTo("1");
    assertThat(rows.getFirst().cost()).isEqualByComparingTo("0.05");
  }

  @Test
  void rates_of_a_day_are_rows_in_order_of_price() {
    List<Charge> charges =
        List.of(
            charge(RunState.RUNNING, 1_000_000_000L * CORE_HOUR, "0.06"),
            charge(RunState.RUNNING, 1_000_000_000L * CORE_HOUR, "0.05"));
    assertThat(FocusRows.of(charges, Settlement.NOTHING, ACCOUNT))
        .extracting(row -> row.unitPrice().toPlainString())
        .containsExactly("0.05", "0.06");
  }

  @Property(tries = 200)
  void product_of_factors_is_the_cost_to_the_last_digit(
      @ForAll @LongRange(min = 1, max = 4_000_000_000_000_000_000L) long quantity,
      @ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long rate) {
    BigDecimal price = BigDecimal.valueOf(rate, 12);
    CsvTable table =
        written(List.of(charge(RunState.RUNNING, quantity, price.toPlainString())), "1.2");
    assertThat(new FocusChecker("1.2").check(table.header(), table.rows())).isEmpty();
  }

  /** 2 core-hours, of which 1 of 2 that are reserved for 0.1 is covered, and 1 is at the card. */
  @ParameterizedTest
  @ValueSource(strings = {"1.2", "1.4"})
  void reserved_capacity_is_a_commitment(String version) {
    CsvTable table =
        written(
            List.of(charge(RunState.RUNNING, 2_000_000_000L * CORE_HOUR, "0.05")),
            reserved(),
            version);
    FocusChecker checker = new FocusChecker(version);
    assertThat(checker.check(table.header(), table.rows())).isEmpty();
    assertThat(table.rows()).hasSize(4);
    for (String column : List.of("BilledCost", "EffectiveCost", "CommitmentDiscountUnit")) {
      List<Map<String, String>> broken = new ArrayList<>(table.rows());
      for (int i = 0; i < broken.size(); i++) {
        Map<String, String> row = new HashMap<>(broken.get(i));
        if ("Used".equals(row.get("CommitmentDiscountStatus"))) {
          row.put(column, column.endsWith("Unit") ? "GiB-Hours" : "0.07");
        }
        broken.set(i, row);
      }
      assertThat(checker.check(table.header(), broken))
          .anySatisfy(found -> assertThat(found).contains(column));
    }
  }

  private static Settlement reserved() {
    ReservedCapacity capacity = Cards.reserved("2", "0", "0.1", DAY);
    BigDecimal hours = BigDecimal.valueOf(1_000_000_000L * CORE_HOUR);
    BigDecimal two = hours.multiply(BigDecimal.TWO);
    Posting use =
        new Posting(
            DAY,
            "web",
            "web-1",
            "host-a",
            RunState.RUNNING,
            Resource.CPU,
            new BigDecimal("0.05"),
            "USD",
            YearMonth.of(2026, 1),
            two,
            two,
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            List.of());
    return new Settlement(
        List.of(
            new Held(
                capacity,
                Resource.CPU,
                DAY,
                YearMonth.of(2026, 1),
                new BigDecimal("0.05"),
                two,
                new BigDecimal("0.1"),
                hours,
                new BigDecimal("0.05"))),
        List.of(new Drawn(capacity, use, hours, hours, new BigDecimal("0.05"))));
  }

  @ParameterizedTest
  @CsvSource({
    "PricingCategory,Committed",
    "CommitmentDiscountStatus,Used",
    "BilledCost,''",
    "ListCost,0.06",
    "ListCost,+0.05",
    "BillingCurrency,usd",
    "ChargePeriodEnd,2026-01-14T00:00:00Z",
    "ChargePeriodStart,2026-01-15 00:00:00",
    "ChargeCategory,Use",
    "PricingQuantity,''",
    "PricingUnit,core hours",
    "Tags,[]",
    "ServiceCategory,Containers",
    "ProviderName,''",
    "PricingQuantity,'1,000'",
    "SkuId,''",
    "ChargeClass,Correction",
    "ChargePeriodStart,2020-01-01T00:00:00Z"
  })
  void checker_finds_what_breaks_a_rule(String column, String value) {
    CsvTable table =
        written(List.of(charge(RunState.RUNNING, 1_000_000_000L * CORE_HOUR, "0.05")), "1.2");
    FocusChecker checker = new FocusChecker("1.2");
    assertThat(checker.check(table.header(), table.rows())).isEmpty();
    Map<String, String> broken = new HashMap<>(table.rows().getFirst());
    broken.put(column, value.isEmpty() ? null : value);
    assertThat(checker.check(table.header(), List.of(broken)))
        .anySatisfy(found -> assertThat(found).contains(column));
  }

  @Test
  void checker_wants_every_column_of_the_version_and_own_ones_last() {
    FocusChecker checker = new FocusChecker("1.4");
    List<String> header =
        FocusColumns.of(FocusVersion.V1_4).stream().map(FocusColumn::name).toList();
    assertThat(checker.check(header, List.of())).isEmpty();
    List<String> shuffled = new ArrayList<>(header.reversed());
    assertThat(checker.check(shuffled, List.of())).isNotEmpty();
    shuffled.remove("ServiceProviderName");
    shuffled.add("PublisherName");
    assertThat(checker.check(shuffled, List.of()))
        .contains("ServiceProviderName: present", "PublisherName: absent");
    assertThat(checker.rules()).isGreaterThan(120);
  }

  private static CsvTable written(List<Charge> charges, String version) {
    return written(charges, Settlement.NOTHING, version);
  }

  private static CsvTable written(List<Charge> charges, Settlement settlement, String version) {
    List<FocusColumn> columns = FocusColumns.of(FocusVersion.parse(version));
    StringBuilder csv =
        new StringBuilder(Csv.line(columns.stream().map(FocusColumn::name).toList()));
    for (FocusRow row : FocusRows.of(charges, settlement, ACCOUNT)) {
      List<Object> values = new ArrayList<>();
      columns.forEach(column -> values.add(column.value().apply(row)));
      csv.append(Csv.line(values));
    }
    return CsvTable.parse(csv.toString());
  }

  static Charge charge(RunState state, long quantity, String rate) {
    return new Charge(
        DAY,
        DAY.plusSeconds(86_400),
        "web",
        "web-1",
        "host-a",
        state,
        Resource.CPU,
        BigDecimal.valueOf(quantity),
        BigDecimal.valueOf(quantity),
        BigDecimal.valueOf(CORE_HOUR),
        new BigDecimal(rate),
        Purchase.ON_DEMAND,
        "USD",
        null,
        Map.of("team", "blue \"sky\", one"),
        YearMonth.of(2026, 1));
  }
}
