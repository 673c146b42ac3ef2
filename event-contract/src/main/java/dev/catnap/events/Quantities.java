package dev.catnap.events;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations, sizes and shares as people write them: {@code 10m}, {@code 256MB}, {@code 250m}. */
public final class Quantities {
  private static final Pattern NUMBER_AND_UNIT =
      Pattern.compile("([0-9]+(?:[.][0-9]+)?)\\s*([A-Za-z]*)");

  private static final Map<String, Long> MILLIS =
      Map.of(
          "ms", 1L,
          "", 1_000L,
          "s", 1_000L,
          "m", 60_000L,
          "min", 60_000L,
          "h", 3_600_000L,
          "d", 86_400_000L,
          "w", 604_800_000L);

  /** Powers of 1024 throughout, as Docker reads them: its {@code 256MB} is 256 MiB. */
  private static final Map<String, Long> BYTES =
      Map.ofEntries(
          Map.entry("", 1L),
          Map.entry("b", 1L),
          Map.entry("k", 1L << 10),
          Map.entry("kb", 1L << 10),
          Map.entry("ki", 1L << 10),
          Map.entry("kib", 1L << 10),
          Map.entry("m", 1L << 20),
          Map.entry("mb", 1L << 20),
          Map.entry("mi", 1L << 20),
          Map.entry("mib", 1L << 20),
          Map.entry("g", 1L << 30),
          Map.entry("gb", 1L << 30),
          Map.entry("gi", 1L << 30),
          Map.entry("gib", 1L << 30),
          Map.entry("t", 1L << 40),
          Map.entry("tb", 1L << 40),
          Map.entry("ti", 1L << 40),
          Map.entry("tib", 1L << 40));

  private static final Duration LONGEST = Duration.ofDays(36_500);
  private static final BigDecimal LONGEST_MILLIS = BigDecimal.valueOf(LONGEST.toMillis());

  private static final String DURATION_RULE =
      "must be seconds as a number, or a number with ms, s, m, h, d or w, such as 10m, at most 36500d";

  private static final String BYTES_RULE =
      "must be a number of bytes, or a number with KB, MB, GB or TB (powers of 1024), such as 256MB";

  private Quantities() {}

  /**
   * Seconds as a number, {@code 500ms}, {@code 30s}, {@code 10m}, {@code 2h}, {@code 7d}, {@code
   * 2w} or ISO {@code PT5M}.
   */
  public static Duration duration(String field, Object value) {
    String text = value.toString().trim();
    if (text.startsWith("P") || text.startsWith("p")) {
      return isoDuration(field, text);
    }
    Matcher matcher = NUMBER_AND_UNIT.matcher(text);
    Long unit = matcher.matches() ? MILLIS.get(matcher.group(2).toLowerCase(Locale.ROOT)) : null;
    if (unit == null) {
      throw new InvalidFieldException(field, DURATION_RULE, value);
    }
    BigDecimal millis = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
    if (millis.compareTo(LONGEST_MILLIS) > 0) {
      throw new InvalidFieldException(field, DURATION_RULE, value);
    }
    return Duration.ofMillis(millis.longValue());
  }

  private static Duration isoDuration(String field, String text) {
    try {
      Duration duration = Duration.parse(text);
      if (duration.compareTo(LONGEST) > 0 || duration.compareTo(LONGEST.negated()) < 0) {
        throw new InvalidFieldException(field, DURATION_RULE, text);
      }
      return duration;
    } catch (DateTimeParseException e) {
      throw new InvalidFieldException(field, DURATION_RULE, text);
    }
  }

  /**
   * A duration as {@link #duration} reads it: a whole number of seconds, or text with {@code ms}.
   */
  public static Object write(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? (Object) duration.toSeconds()
        : duration.toMillis() + "ms";
  }

  /** Bytes as a number, {@code 256MB}, {@code 256m}, {@code 1.5GiB}; units are powers of 1024. */
  public static long bytes(String field, Object value) {
    Matcher matcher = NUMBER_AND_UNIT.matcher(value.toString().trim());
    Long unit = matcher.matches() ? BYTES.get(matcher.group(2).toLowerCase(Locale.ROOT)) : null;
    if (unit == null) {
      throw new InvalidFieldException(field, BYTES_RULE, value);
    }
    BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
    if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw new InvalidFieldException(field, BYTES_RULE, value);
    }
    return bytes.longValue();
  }

  /** CPU cores: {@code 0.25}, or thousandths as Kubernetes writes them: {@code 250m}. */
  public static double cores(String field, Object value) {
    Matcher matcher = NUMBER_AND_UNIT.matcher(value.toString().trim());
    String unit = matcher.matches() ? matcher.group(2) : "?";
    if (!unit.isEmpty() && !unit.equals("m")) {
      throw new InvalidFieldException(
          field, "must be cores as a number, or thousandths such as 250m", value);
    }
    double number = Double.parseDouble(matcher.group(1));
    return unit.isEmpty() ? number : number / 1000;
  }
}
