package dev.catnap.cost.report;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Lines of comma-separated values after RFC 4180; a null is an empty field. */
public final class Csv {
  private Csv() {}

  public static String line(Collection<? extends @Nullable Object> values) {
    StringBuilder line = new StringBuilder();
    for (Object value : values) {
      append(line, value);
      line.append(',');
    }
    endLine(line);
    return line.toString();
  }

  /** In place of the comma after the last field. */
  public static void endLine(StringBuilder out) {
    out.setLength(out.length() - 1);
    out.append("\r\n");
  }

  /** A field as it stands in a line. */
  public static void append(StringBuilder out, @Nullable Object value) {
    switch (value) {
      case null -> {}
      case BigDecimal number -> append(out, number);
      // Whole seconds, without a fraction of them.
      case Instant time -> out.append(time.truncatedTo(ChronoUnit.SECONDS));
      default -> append(out, value.toString());
    }
  }

  /** No exponent, no zeros at the end, no sign but a minus. */
  private static void append(StringBuilder out, BigDecimal number) {
    String plain = number.toPlainString();
    int end = plain.length();
    if (number.scale() > 0) {
      // Cheaper than to divide the number.
      while (plain.charAt(end - 1) == '0') {
        end--;
      }
      end = plain.charAt(end - 1) == '.' ? end - 1 : end;
    }
    out.append(number.signum() == 0 ? "0" : plain.substring(0, end));
  }

  private static void append(StringBuilder out, String text) {
    boolean plain = true;
    for (int i = 0; i < text.length() && plain; i++) {
      char c = text.charAt(i);
      plain = c != ',' && c != '"' && c != '\r' && c != '\n';
    }
    if (plain) {
      out.append(text);
    } else {
      out.append('"').append(text.replace("\"", "\"\"")).append('"');
    }
  }
}
