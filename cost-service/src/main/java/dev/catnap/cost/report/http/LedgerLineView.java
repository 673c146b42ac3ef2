package dev.catnap.cost.report.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.catnap.cost.ledger.Booking;
import dev.catnap.cost.ledger.LedgerLine;
import dev.catnap.cost.pricing.Assumption;
import dev.catnap.cost.pricing.Resource;
import dev.catnap.events.RunState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line as it is shown.
 *
 * @param kind {@code ORIGINAL}; or of a closed month {@code REVERSAL} of a line that is no longer
 *     right, or {@code ADDITION} of the right one
 * @param booked month it is booked in, such as 2026-10
 * @param corrects the month it corrects; null where it is an original
 * @param reason of a correction; null where it is none
 * @param quantity in {@code unit}, rounded to 12 decimals; the amount is of the exact quantity
 * @param rate of a unit for an hour
 * @param amount what it cost, 18 decimals; negative in a reversal
 * @param awakeAmount what it would have cost awake
 * @param why what was measured, what was assumed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LedgerLineView(
    String service,
    String container,
    String host,
    RunState state,
    Resource resource,
    Instant from,
    Instant to,
    String kind,
    String booked,
    @Nullable String corrects,
    Booking.@Nullable Reason reason,
    BigDecimal quantity,
    String unit,
    BigDecimal rate,
    BigDecimal amount,
    BigDecimal awakeAmount,
    BigDecimal saving,
    String currency,
    List<String> why) {
  static final List<String> COLUMNS =
      List.of(
          "service",
          "container",
          "host",
          "state",
          "resource",
          "from",
          "to",
          "kind",
          "booked",
          "corrects",
          "reason",
          "quantity",
          "unit",
          "rate",
          "amount",
          "awakeAmount",
          "saving",
          "currency",
          "why");

  private static final int DECIMALS = 12;

  static LedgerLineView of(LedgerLine line) {
    return new LedgerLineView(
        line.service(),
        line.container(),
        line.host(),
        line.state(),
        line.resource(),
        line.from(),
        line.to(),
        kind(line),
        line.booking().month().toString(),
        line.isCorrection() ? Booking.monthOf(line.from()).toString() : null,
        line.booking().reason(),
        plain(
            line.quantity()
                .divide(line.resource().baseUnitsPerHour(), DECIMALS, RoundingMode.HALF_EVEN)),
        line.resource().unit(),
        line.rate(),
        plain(line.amount()),
        plain(line.awakeAmount()),
        plain(line.awakeAmount().subtract(line.amount())),
        line.currency(),
        line.assumptions().stream().map(Assumption::text).toList());
  }

  /** Without zeros at the end: JSON would write a nothing of 18 decimals as 0E-18. */
  private static BigDecimal plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  private static String kind(LedgerLine line) {
    if (!line.isCorrection()) {
      return "ORIGINAL";
    }
    return line.booking().reversal() ? "REVERSAL" : "ADDITION";
  }

  /** In the order of {@link #COLUMNS}; times to the microsecond. */
  List<@Nullable Object> values() {
    List<@Nullable Object> values = new ArrayList<>();
    values.addAll(List.of(service, container, host, state, resource));
    values.addAll(List.of(from.toString(), to.toString(), kind, booked));
    values.add(corrects);
    values.add(reason);
    values.addAll(List.of(quantity, unit, rate, amount, awakeAmount, saving, currency));
    values.add(String.join("; ", why));
    return values;
  }
}
