package dev.catnap.cost.outlook.http;

import dev.catnap.cost.outlook.MonthReport;
import dev.catnap.cost.report.CostItem;
import dev.catnap.cost.report.Csv;
import dev.catnap.cost.report.ResourceCost;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

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
          "network");

  private ReportCsv() {}

  static String write(MonthReport report) {
    StringBuilder csv = new StringBuilder(Csv.line(HEADER));
    report.items().forEach(item -> csv.append(line(report, item)));
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
                null)));
    return csv.toString();
  }

  private static BigDecimal network(CostItem item) {
    return Stream.of(item.networkIn(), item.networkOut())
        .filter(Objects::nonNull)
        .map(ResourceCost::actual)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static String line(MonthReport report, CostItem item) {
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
            network(item)));
  }
}
