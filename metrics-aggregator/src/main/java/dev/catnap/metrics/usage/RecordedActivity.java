package dev.catnap.metrics.usage;

import static java.time.temporal.ChronoUnit.MICROS;

import dev.catnap.events.Activity;
import dev.catnap.metrics.window.Bucket;
import java.time.Instant;
import java.util.Comparator;

/**
 * An activity with the key under which it counts once.
 *
 * @param key the activity's own id, or where it stands in the log
 */
public record RecordedActivity(String key, Activity activity) {
  /** Which of two that share an id counts. */
  public static final Comparator<RecordedActivity> EARLIEST_FIRST =
      Comparator.comparing((RecordedActivity one) -> one.activity().at().truncatedTo(MICROS))
          .thenComparing(one -> one.activity().count())
          .thenComparing(one -> one.activity().kind().toString());

  /**
   * @param partition where it stands in the log, with {@code offset}; read again it stands there
   *     again. Its time is part of the key, so that a log begun anew is told from the former.
   */
  public static RecordedActivity of(Activity activity, int partition, long offset) {
    String id = activity.id();
    String key =
        id == null ? "@" + partition + ":" + offset + ":" + activity.at().toEpochMilli() : "#" + id;
    return new RecordedActivity(key, activity);
  }

  /** A service's activity of one kind in one minute: what is counted in one row. */
  public record Minute(String service, String kind, Instant bucket) {}

  public Minute minute() {
    return new Minute(
        activity.service(), activity.kind().toString(), Bucket.MINUTE.floor(activity.at()));
  }
}
