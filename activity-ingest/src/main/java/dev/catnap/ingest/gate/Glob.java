package dev.catnap.ingest.gate;

import java.util.Locale;

/**
 * A pattern in which {@code *} stands for any text, also for none, and everything else for itself.
 * Compares in linear time, whatever somebody sends.
 */
final class Glob {
  private final String[] pieces;
  private final boolean ignoreCase;
  private final int least;

  private Glob(String pattern, boolean ignoreCase) {
    this.pieces = (ignoreCase ? pattern.toLowerCase(Locale.ROOT) : pattern).split("\\*", -1);
    this.ignoreCase = ignoreCase;
    this.least = pattern.length() - (pieces.length - 1);
  }

  static Glob of(String pattern) {
    return new Glob(pattern, false);
  }

  static Glob ignoringCase(String pattern) {
    return new Glob(pattern, true);
  }

  /** The first and the last piece stand at the ends; the others follow each other, leftmost. */
  boolean matches(String given) {
    String text = ignoreCase ? given.toLowerCase(Locale.ROOT) : given;
    String first = pieces[0];
    if (pieces.length == 1) {
      return text.equals(first);
    }
    String last = pieces[pieces.length - 1];
    if (text.length() < least || !text.startsWith(first) || !text.endsWith(last)) {
      return false;
    }
    int from = first.length();
    int end = text.length() - last.length();
    for (int i = 1; i < pieces.length - 1; i++) {
      int at = text.indexOf(pieces[i], from);
      from = at + pieces[i].length();
      if (at < 0 || from > end) {
        return false;
      }
    }
    return true;
  }
}
