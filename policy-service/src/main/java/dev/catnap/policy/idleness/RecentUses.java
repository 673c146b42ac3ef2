package dev.catnap.policy.idleness;

import dev.catnap.events.Activity;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The ids and counts of one service's newest uses: a repeated id counts once. Kept in memory alone,
 * at most {@link #MOST_IDS} ids, none longer than {@link #LONGEST}; what is repeated after that
 * still changes nothing but the count, because newest times win. Not thread-safe.
 */
public final class RecentUses {
  static final int MOST_IDS = 1000;
  static final Duration LONGEST = Duration.ofMinutes(10);
  private static final long BUCKET_MILLIS = 10_000;
  private static final int BUCKETS = 6;

  private final LinkedHashMap<String, Instant> heardAt = new LinkedHashMap<>();
  private final TreeMap<Long, Long> counts = new TreeMap<>();

  /** Whether it was not heard before; from now on it was. */
  public synchronized boolean isNew(Activity activity, Instant now) {
    forgetOld(now);
    if (activity.id() != null && heardAt.putIfAbsent(activity.id(), now) != null) {
      return false;
    }
    if (heardAt.size() > MOST_IDS) {
      heardAt.pollFirstEntry();
    }
    count(activity, now);
    return true;
  }

  private void forgetOld(Instant now) {
    Instant oldest = now.minus(LONGEST);
    Map.Entry<String, Instant> first = heardAt.firstEntry();
    while (first != null && first.getValue().isBefore(oldest)) {
      heardAt.pollFirstEntry();
      first = heardAt.firstEntry();
    }
  }

  private void count(Activity activity, Instant now) {
    counts.merge(
        Evolution.timeOf(activity, now).toEpochMilli() / BUCKET_MILLIS,
        (long) activity.count(),
        Long::sum);
    while (counts.size() > BUCKETS + 1) {
      counts.pollFirstEntry();
    }
  }

  /** Uses in the minute before {@code now}, in steps of ten seconds. */
  public synchronized long perMinute(Instant now) {
    long newest = now.toEpochMilli() / BUCKET_MILLIS;
    return counts.subMap(newest - BUCKETS + 1, true, newest, true).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }
}
