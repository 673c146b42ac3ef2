package dev.catnap.cost.report;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lines of comma-separated values after RFC 4180; a null is an empty field. */
public final class Csv {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Csv() {}

  public static String line(Collection<? extends @Nullable Object> values) {
    return values.stream().map(Csv::field).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String field(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case BigDecimal number -> plain(number);
      case Instant time -> TIME.format(time);
      default -> quoted(value.toString());
    };
  }

  /** No exponent, no zeros at the end, no sign but a minus. */
  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static String quoted(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
