package dev.catnap.cost.outlook.http;

import dev.catnap.cost.outlook.MonthReport;
import dev.catnap.cost.report.CostItem;
import dev.catnap.cost.report.CostPoint;
import dev.catnap.cost.report.Ratios;
import dev.catnap.cost.report.ReservedCost;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/** A month as a page that needs nothing else, on a screen and on paper. */
final class ReportHtml {
  private final MonthReport report;
  private final String template;

  ReportHtml(MonthReport report, String template) {
    this.report = report;
    this.template = template;
  }

  String write() {
    return template
        .replace("{{title}}", escape(title()))
        .replace("{{period}}", escape(period()))
        .replace("{{actual}}", money(paid()))
        .replace("{{baseline}}", money(baseline()))
        .replace("{{reserved}}", reserved())
        .replace("{{saving}}", saving())
        .replace("{{suite}}", suite())
        .replace("{{currency}}", escape(report.currency()))
        .replace("{{chart}}", new DaysChart(report.days()).svg())
        .replace("{{services}}", services())
        .replace("{{days}}", days())
        .replace("{{assumptions}}", assumptions())
        .replace("{{made}}", escape(report.madeAt().toString()));
  }

  private String title() {
    return report.month().getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH)
        + " "
        + report.month().getYear();
  }

  private String period() {
    String days =
        report.from().toString().substring(0, 16).replace('T', ' ')
            + " to "
            + report.to().toString().substring(0, 16).replace('T', ' ')
            + " UTC";
    return report.complete() ? days : days + " (the month is not over)";
  }

  /** What was really paid, with reserved capacity. */
  private BigDecimal paid() {
    ReservedCost reserved = report.reserved();
    return reserved == null || reserved.paid() == null ? report.total().actual() : reserved.paid();
  }

  private BigDecimal baseline() {
    ReservedCost reserved = report.reserved();
    return reserved == null || reserved.baseline() == null
        ? report.total().baseline()
        : reserved.baseline();
  }

  private String saving() {
    BigDecimal saved = baseline().subtract(paid());
    BigDecimal suite = report.suite().cost();
    if (suite == null) {
      return money(saved) + " <small>before Catnap's own cost</small>";
    }
    BigDecimal saving = saved.subtract(suite);
    BigDecimal percent = Ratios.percent(saving, baseline());
    return money(saving) + (percent == null ? "" : " <small>" + percent(percent) + "</small>");
  }

  /** Nothing where no capacity is reserved. */
  private String reserved() {
    ReservedCost reserved = report.reserved();
    return reserved == null ? "" : new ReservedHtml(report, reserved).write();
  }

  private String suite() {
    BigDecimal cost = report.suite().cost();
    return cost == null ? "not known: " + escape(report.suite().reason()) : money(cost);
  }

  private String services() {
    return report.items().stream().map(this::service).collect(Collectors.joining("\n"));
  }

  private String service(CostItem item) {
    return "<tr><th scope=\"row\">"
        + escape(item.name())
        + "</th>"
        + cell(hours(item.hours().running()))
        + cell(hours(item.hours().sleeping()))
        + cell(hours(item.hours().stopped()))
        + cell(money(item.baseline()))
        + cell(money(item.actual()))
        + cell(money(item.savingBeforeSuite()))
        + cell(item.savingPercent() == null ? "undefined" : percent(item.savingPercent()))
        + "</tr>";
  }

  private String days() {
    return report.days().stream().map(this::day).collect(Collectors.joining("\n"));
  }

  private String day(CostPoint day) {
    return "<tr><th scope=\"row\">"
        + day.at().atOffset(ZoneOffset.UTC).toLocalDate()
        + "</th>"
        + cell(money(day.baseline()))
        + cell(money(day.actual()))
        + cell(money(day.savingBeforeSuite()))
        + "</tr>";
  }

  private String assumptions() {
    return report.assumptions().stream()
        .map(text -> "<li>" + escape(text) + "</li>")
        .collect(Collectors.joining("\n"));
  }

  static String cell(String text) {
    return "<td>" + text + "</td>";
  }

  /** Cents, or six decimals where cents would show nothing. */
  static String money(BigDecimal amount) {
    BigDecimal cents = amount.setScale(2, RoundingMode.HALF_EVEN);
    return cents.signum() == 0 && amount.signum() != 0
        ? amount.stripTrailingZeros().toPlainString()
        : cents.toPlainString();
  }

  private static String hours(BigDecimal hours) {
    return hours.setScale(1, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static String percent(BigDecimal percent) {
    return percent.setScale(1, RoundingMode.HALF_EVEN).toPlainString() + " %";
  }

  static String escape(@Nullable String text) {
    return text == null ? "" : HtmlUtils.htmlEscape(text);
  }
}
