package dev.catnap.cost.outlook.http;

import dev.catnap.cost.report.CostPoint;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** Bars of the days: what was paid, and above it what was saved. The table below says the same. */
final class DaysChart {
  private static final int HEIGHT = 120;
  private static final int STEP = 22;
  private static final int WIDTH = 16;

  private final List<CostPoint> days;

  DaysChart(List<CostPoint> days) {
    this.days = days;
  }

  String svg() {
    BigDecimal most =
        days.stream().map(CostPoint::baseline).reduce(BigDecimal.ZERO, BigDecimal::max);
    if (most.signum() == 0) {
      return "<p>Nothing was spent.</p>";
    }
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg role=\"img\" aria-labelledby=\"chart-title\" viewBox=\"0 0 %d %d\">",
            days.size() * STEP,
            HEIGHT));
    svg.append("<title id=\"chart-title\">Cost by day; the table of days has the figures</title>");
    for (int i = 0; i < days.size(); i++) {
      double paid = height(days.get(i).actual(), most);
      double all = height(days.get(i).baseline(), most);
      svg.append(bar("saved", i, HEIGHT - all, all - paid));
      svg.append(bar("paid", i, HEIGHT - paid, paid));
    }
    return svg.append("</svg>").toString();
  }

  private static String bar(String kind, int index, double top, double height) {
    return String.format(
        Locale.ROOT,
        "<rect class=\"%s\" x=\"%d\" y=\"%.2f\" width=\"%d\" height=\"%.2f\"/>",
        kind,
        index * STEP + (STEP - WIDTH) / 2,
        top,
        WIDTH,
        Math.max(0, height));
  }

  private static double height(BigDecimal amount, BigDecimal most) {
    return amount
        .multiply(BigDecimal.valueOf(HEIGHT))
        .divide(most, 4, RoundingMode.HALF_EVEN)
        .doubleValue();
  }
}
