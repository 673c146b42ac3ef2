package dev.catnap.cost.outlook.http;

import static dev.catnap.cost.outlook.http.ReportHtml.cell;
import static dev.catnap.cost.outlook.http.ReportHtml.escape;
import static dev.catnap.cost.outlook.http.ReportHtml.money;

import dev.catnap.cost.outlook.MonthReport;
import dev.catnap.cost.report.CostItem;
import dev.catnap.cost.report.ReservedCost;
import dev.catnap.cost.report.ReservedPart;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the figures at the cards become what was really paid, where capacity is reserved. */
final class ReservedHtml {
  private static final String HEAD =
      """
      <h2>Reserved capacity</h2>
      <div class="scroll" role="region" aria-label="Reserved capacity" tabindex="0">
      <table>
      <caption>Paid = at the cards - covered by a reservation + charged for it. By service and by \
      day, above and below, figures are at the cards.</caption>
      <thead><tr><th scope="col">Service</th><th scope="col">At the cards</th>\
      <th scope="col">Covered</th><th scope="col">Charged</th><th scope="col">Paid</th></tr></thead>
      <tbody>
      """;

  private final MonthReport report;
  private final ReservedCost reserved;

  ReservedHtml(MonthReport report, ReservedCost reserved) {
    this.report = report;
    this.reserved = reserved;
  }

  String write() {
    String reason = reserved.reason();
    if (reason != null) {
      return "<p>" + escape(reason) + "</p>";
    }
    return HEAD
        + report.items().stream().map(this::item).collect(Collectors.joining())
        + row("reserved, not used by any", null, null, reserved.unused(), reserved.unused())
        + row(
            "all", report.total().actual(), reserved.covered(), reserved.amount(), reserved.paid())
        + "</tbody></table></div>";
  }

  private String item(CostItem item) {
    ReservedPart part = Objects.requireNonNull(item.reserved());
    return row(item.name(), item.actual(), part.covered(), part.charged(), part.paid());
  }

  private static String row(
      String name,
      @Nullable BigDecimal atCards,
      @Nullable BigDecimal covered,
      @Nullable BigDecimal charged,
      @Nullable BigDecimal paid) {
    return "<tr><th scope=\"row\">"
        + escape(name)
        + "</th>"
        + cell(text(atCards))
        + cell(text(covered))
        + cell(text(charged))
        + cell(text(paid))
        + "</tr>\n";
  }

  private static String text(@Nullable BigDecimal amount) {
    return amount == null ? "" : money(amount);
  }
}
