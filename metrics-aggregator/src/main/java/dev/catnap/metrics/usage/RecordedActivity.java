package dev.catnap.metrics.usage;

import dev.catnap.events.Activity;
import dev.catnap.metrics.window.Bucket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;

/**
 * An activity with the key under which it counts once.
 *
 * @param key the activity's own id, or where it stands in the log
 */
public record RecordedActivity(String key, Activity activity) {
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

  /** Whether it has an id, under which it may be told again. */
  public boolean isRepeatable() {
    return activity.id() != null;
  }

  /** The first 128 bits of a digest of the key: shorter than most ids, and of one length. */
  public UUID digest() {
    try {
      byte[] digest = MessageDigest.getInstance("MD5").digest(key.getBytes(StandardCharsets.UTF_8));
      ByteBuffer bytes = ByteBuffer.wrap(digest);
      return new UUID(bytes.getLong(), bytes.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  /** A service's activity of one kind in one minute: what is counted in one row. */
  public record Minute(String service, String kind, Instant bucket) {}

  public Minute minute() {
    return new Minute(
        activity.service(), activity.kind().toString(), Bucket.MINUTE.floor(activity.at()));
  }
}
