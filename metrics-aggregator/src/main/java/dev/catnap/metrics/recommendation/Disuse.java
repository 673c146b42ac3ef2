package dev.catnap.metrics.recommendation;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A service that nobody used for days.
 *
 * @param since the last use, or when it was first seen where there was none
 * @param days whole days since then
 * @param level the largest of 2, 7 and 30 days that it has passed
 */
public record Disuse(Instant since, long days, int level, String advice) {
  private static final int[] LEVELS = {30, 7, 2};

  /**
   * @param lastUse null where none is known
   * @param firstSeen null where nothing is known: then nothing is said
   * @return null where it is in use
   */
  public static @Nullable Disuse of(
      @Nullable Instant lastUse, @Nullable Instant firstSeen, Instant now) {
    Instant since = lastUse == null ? firstSeen : lastUse;
    if (since == null) {
      return null;
    }
    Duration unused = Duration.between(since, now);
    int level =
        IntStream.of(LEVELS)
            .filter(days -> unused.compareTo(Duration.ofDays(days)) >= 0)
            .findFirst()
            .orElse(0);
    return level == 0 ? null : new Disuse(since, unused.toDays(), level, advice(level));
  }

  private static String advice(int level) {
    return switch (level) {
      case 30 -> "Nobody used it for a month: retire it, or say why it stays.";
      case 7 ->
          "Nobody used it for a week: let it stop (stop_after), its memory is held for nothing.";
      default -> "Nobody used it for two days: a shorter idle_timeout or stop_after would do.";
    };
  }
}
