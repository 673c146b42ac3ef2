package dev.catnap.cost.report.http;

import dev.catnap.events.InvalidFieldException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** A calendar month of UTC that a query asks for. */
public final class MonthQuery {
  private static final String RULE = "must be a month that has begun, such as 2026-10";

  private MonthQuery() {}

  /**
   * @param text {@code 2026-10}
   */
  public static YearMonth parse(String text, Instant now) {
    YearMonth month;
    try {
      month = YearMonth.parse(text);
    } catch (DateTimeParseException e) {
      throw new InvalidFieldException("month", RULE, text);
    }
    if (month.getYear() < 1970 || !start(month).isBefore(now)) {
      throw new InvalidFieldException("month", RULE, text);
    }
    return month;
  }

  public static YearMonth current(Instant now) {
    return YearMonth.from(now.atOffset(ZoneOffset.UTC));
  }

  public static Instant start(YearMonth month) {
    return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
