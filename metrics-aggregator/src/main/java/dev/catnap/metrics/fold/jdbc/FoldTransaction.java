package dev.catnap.metrics.fold.jdbc;

import dev.catnap.events.ResourceSample;
import dev.catnap.events.StateChange;
import dev.catnap.metrics.fold.Event;
import dev.catnap.metrics.history.jdbc.HistoryStore;
import dev.catnap.metrics.storage.jdbc.MetricsDatabase;
import dev.catnap.metrics.storage.jdbc.OffsetStore;
import dev.catnap.metrics.storage.jdbc.OffsetStore.Progress;
import dev.catnap.metrics.usage.RecordedActivity;
import dev.catnap.metrics.usage.jdbc.ActivityStore;
import dev.catnap.metrics.usage.jdbc.UsageStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Folds a batch: its rows and the offsets behind it are there together or not at all, so that a
 * crash at any moment neither loses nor repeats a record's effect.
 */
public final class FoldTransaction {
  /** Folds share it, the deletion of what is out of date has it alone. */
  public static final long LOCK = 0x6361746e61704dL;

  /**
   * Two instances may meet on one service where somebody wrote records without a key. Each must see
   * the other's rows before it computes what follows from them. In order, so that none waits for
   * one who waits for it.
   */
  private static final String LOCK_SERVICES =
      """
      SELECT count(pg_advisory_xact_lock(hashtextextended(service, ?)))
      FROM (SELECT DISTINCT service FROM unnest(?::text[]) AS t (service) ORDER BY service) s
      """;

  private final MetricsDatabase database;
  private final JdbcTemplate jdbc;
  private final OffsetStore offsets;
  private final HistoryStore history;
  private final UsageStore usage;
  private final ActivityStore activity;

  public FoldTransaction(MetricsDatabase database) {
    this.database = database;
    this.jdbc = database.template();
    this.offsets = new OffsetStore(jdbc);
    this.history = new HistoryStore(jdbc);
    this.usage = new UsageStore(jdbc);
    this.activity = new ActivityStore(jdbc);
  }

  /**
   * @param progress where each partition stands once these events are folded
   * @return how many events came too late to be folded: see {@link UsageStore#fold}
   */
  public int fold(Collection<Event> events, Map<TopicPartition, Progress> progress) {
    Integer late =
        database.inTransaction(() -> {
          int tooLate = events.isEmpty() ? 0 : rows(events);
          offsets.save(progress);
          return tooLate;
        });
    return late == null ? 0 : late;
  }

  private int rows(Collection<Event> events) {
    jdbc.query("SELECT pg_advisory_xact_lock_shared(?)", row -> {}, LOCK);
    String[] services = events.stream().map(Event::service).distinct().toArray(String[]::new);
    jdbc.query(LOCK_SERVICES, row -> {}, LOCK, services);
    List<StateChange> changes = new ArrayList<>();
    List<ResourceSample> samples = new ArrayList<>();
    List<RecordedActivity> used = new ArrayList<>();
    for (Event event : events) {
      switch (event) {
        case Event.Changed changed -> changes.add(changed.change());
        case Event.Sampled sampled -> samples.add(sampled.sample());
        case Event.Used one -> used.add(one.activity());
      }
    }
    history.fold(changes);
    return usage.fold(samples) + activity.fold(used);
  }

  /** Waits for the schema, which is usually there in a moment; answers whether it is. */
  public boolean awaitReady(Duration atMost) {
    return database.awaitReady(atMost);
  }

  /**
   * How far each partition is folded; those never folded are not in it.
   *
   * @throws org.springframework.dao.DataAccessException when the database is away
   */
  public Map<TopicPartition, Long> nextOffsets() {
    Map<TopicPartition, Long> next = database.inTransaction(offsets::load);
    return next == null ? Map.of() : next;
  }

  /** By topic: the newest time that a folded event told; see {@link #nextOffsets()}. */
  public Map<String, Instant> newest() {
    Map<String, Instant> newest = database.inTransaction(offsets::newest);
    return newest == null ? Map.of() : newest;
  }
}
