package dev.catnap.cost.focus;

import static org.assertj.core.api.Assertions.assertThat;

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
            ACCOUNT);
    assertThat(rows).hasSize(1);
    assertThat(rows.getFirst().quantity()).isEqualByComparingTo("1");
    assertThat(rows.getFirst().cost()).isEqualByComparingTo("0.05");
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

  @ParameterizedTest
  @CsvSource({
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
    List<FocusColumn> columns = FocusColumns.of(FocusVersion.parse(version));
    StringBuilder csv =
        new StringBuilder(Csv.line(columns.stream().map(FocusColumn::name).toList()));
    for (FocusRow row : FocusRows.of(charges, ACCOUNT)) {
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
        "USD",
        null,
        Map.of("team", "blue \"sky\", one"),
        YearMonth.of(2026, 1));
  }
}
