package dev.catnap.allinone.doctor;

import java.util.Locale;

/**
 * What one check found.
 *
 * @param subject what was looked at, such as {@code docker}
 * @param mend what to do about it; empty when there is nothing to do
 */
record Finding(String subject, Level level, String text, String mend) {
  enum Level {
    OK,
    /** Catnap runs, with less than it could do. */
    WARN,
    /** Catnap does not run like this. */
    FAIL;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Finding ok(String subject, String text) {
    return new Finding(subject, Level.OK, text, "");
  }

  static Finding warn(String subject, String text, String mend) {
    return new Finding(subject, Level.WARN, text, mend);
  }

  static Finding fail(String subject, String text, String mend) {
    return new Finding(subject, Level.FAIL, text, mend);
  }
}
