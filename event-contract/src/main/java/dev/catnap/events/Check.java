package dev.catnap.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The rules that records of the contract share. */
public final class Check {
  /** Service names are Kafka keys, URL segments and label values: short, and safe in all three. */
  private static final int LONGEST_NAME = 128;

  private static final int LONGEST_TEXT = 512;
  private static final Instant EARLIEST = Instant.EPOCH;
  private static final Instant LATEST = Instant.parse("2262-01-01T00:00:00Z");

  private Check() {}

  /** Answers whether {@code name} may be the name of a service. */
  public static boolean isServiceName(String name) {
    // By hand, for it is asked of every record: a pattern takes several times as long.
    int length = name.length();
    if (length == 0 || length > LONGEST_NAME || !isLetterOrDigit(name.charAt(0))) {
      return false;
    }
    for (int i = 1; i < length; i++) {
      char c = name.charAt(i);
      if (!isLetterOrDigit(c) && c != '_' && c != '.' && c != '-') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetterOrDigit(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }

  /**
   * A service name: 1 to 128 of {@code A-Z a-z 0-9 _ . -}, not starting with a punctuation mark.
   */
  public static String serviceName(String field, @Nullable String name) {
    if (name == null || !isServiceName(name)) {
      throw new InvalidFieldException(
          field,
          "must be 1 to 128 letters, digits, '_', '.' or '-' and begin with a letter or digit",
          name);
    }
    return name;
  }

  /** Text that must be there, at most 512 characters. */
  public static String text(String field, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new InvalidFieldException(field, "must not be empty", value);
    }
    return shortText(field, value);
  }

  /** Text that may be absent, at most 512 characters. */
  public static @Nullable String optionalText(String field, @Nullable String value) {
    return value == null ? null : shortText(field, value);
  }

  private static String shortText(String field, String value) {
    if (value.length() > LONGEST_TEXT) {
      throw new InvalidFieldException(
          field, "must be at most " + LONGEST_TEXT + " characters", value);
    }
    return value;
  }

  /** A value that must be there. */
  public static <T> T present(String field, @Nullable T value) {
    if (value == null) {
      throw new InvalidFieldException(field, "must be given", null);
    }
    return value;
  }

  /**
   * A time that must be there, within the years that can be counted in nanoseconds. One beyond them
   * is a mistake, and no sum or difference could be made with it.
   */
  public static Instant time(String field, @Nullable Instant value) {
    Instant time = present(field, value);
    if (time.isBefore(EARLIEST) || !time.isBefore(LATEST)) {
      throw new InvalidFieldException(
          field, "must be a time from " + EARLIEST + " to before " + LATEST, value);
    }
    return time;
  }

  /** As {@link #time}, where there is one. */
  public static @Nullable Instant optionalTime(String field, @Nullable Instant value) {
    return value == null ? null : time(field, value);
  }

  public static long atLeast(String field, long least, long value) {
    if (value < least) {
      throw new InvalidFieldException(field, "must be at least " + least, value);
    }
    return value;
  }

  /** A finite number, zero or more. */
  public static double notNegative(String field, double value) {
    if (!Double.isFinite(value) || value < 0) {
      throw new InvalidFieldException(field, "must be a number of at least 0", value);
    }
    return value;
  }
}
