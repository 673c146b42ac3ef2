package dev.catnap.cost.outlook.http;

import dev.catnap.cost.outlook.MonthReport;
import dev.catnap.cost.report.CostItem;
import dev.catnap.cost.report.Csv;
import dev.catnap.cost.report.ReservedCost;
import dev.catnap.cost.report.ReservedPart;
import dev.catnap.cost.report.ResourceCost;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A month as comma-separated values, a service a line and a total. */
final class ReportCsv {
  private static final List<String> HEADER =
      List.of(
          "month",
          "service",
          "currency",
          "hours_running",
          "hours_asleep",
          "hours_stopped",
          "hours_other",
          "baseline",
          "actual",
          "saving_before_suite",
          "saving_percent",
          "cpu",
          "memory",
          "storage",
          "network",
          "covered",
          "charged",
          "paid");

  private ReportCsv() {}

  static String write(MonthReport report) {
    StringBuilder csv = new StringBuilder(Csv.line(HEADER));
    report.items().forEach(item -> csv.append(line(report, item)));
    ReservedCost reserved = report.reserved();
    if (reserved != null && reserved.unused() != null) {
      csv.append(unused(report, reserved.unused()));
    }
    csv.append(
        Csv.line(
            Arrays.asList(
                report.month(),
                "(total)",
                report.currency(),
                null,
                null,
                null,
                null,
                report.total().baseline(),
                report.total().actual(),
                report.total().savingBeforeSuite(),
                null,
                null,
                null,
                null,
                null,
                reserved == null ? BigDecimal.ZERO : reserved.covered(),
                reserved == null ? BigDecimal.ZERO : reserved.amount(),
                reserved == null ? report.total().actual() : reserved.paid())));
    return csv.toString();
  }

  /** Reserved, paid for, and nobody's. */
  private static String unused(MonthReport report, BigDecimal amount) {
    List<@Nullable Object> values = new ArrayList<>();
    HEADER.forEach(column -> values.add(null));
    values.set(0, report.month());
    values.set(1, "(reserved, not used)");
    values.set(2, report.currency());
    values.set(HEADER.indexOf("charged"), amount);
    values.set(HEADER.indexOf("paid"), amount);
    return Csv.line(values);
  }

  private static BigDecimal network(CostItem item) {
    return Stream.of(item.networkIn(), item.networkOut())
        .filter(Objects::nonNull)
        .map(ResourceCost::actual)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static String line(MonthReport report, CostItem item) {
    ReservedPart part = item.reserved();
    return Csv.line(
        Arrays.asList(
            report.month(),
            item.name(),
            report.currency(),
            item.hours().running(),
            item.hours().sleeping(),
            item.hours().stopped(),
            item.hours().other(),
            item.baseline(),
            item.actual(),
            item.savingBeforeSuite(),
            item.savingPercent(),
            item.cpu().actual(),
            item.memory().actual(),
            item.storage().actual(),
            network(item),
            part == null ? BigDecimal.ZERO : part.covered(),
            part == null ? BigDecimal.ZERO : part.charged(),
            part == null ? item.actual() : part.paid()));
  }
}
