package dev.catnap.metrics.fold.jdbc;

import dev.catnap.events.ResourceSample;
import dev.catnap.events.StateChange;
import dev.catnap.metrics.fold.Event;
import dev.catnap.metrics.history.jdbc.HistoryStore;
import dev.catnap.metrics.history.jdbc.LooseHistory;
import dev.catnap.metrics.history.jdbc.StateRollups;
import dev.catnap.metrics.storage.jdbc.Days;
import dev.catnap.metrics.storage.jdbc.Dirty;
import dev.catnap.metrics.storage.jdbc.MetricsDatabase;
import dev.catnap.metrics.storage.jdbc.OffsetStore;
import dev.catnap.metrics.storage.jdbc.OffsetStore.Progress;
import dev.catnap.metrics.usage.RecordedActivity;
import dev.catnap.metrics.usage.jdbc.ActivityStore;
import dev.catnap.metrics.usage.jdbc.LooseActivity;
import dev.catnap.metrics.usage.jdbc.LooseSamples;
import dev.catnap.metrics.usage.jdbc.UsageStore;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Folds a batch: its rows and the offsets behind it are there together or not at all, so that a
 * crash at any moment neither loses nor repeats a record's effect.
 */
public final class FoldTransaction {
  /**
   * Folds share it; the deletion of what is out of date, and a change of generation, have it alone.
   */
  public static final long LOCK = 0x6361746e61704dL;

  private final MetricsDatabase database;
  private final JdbcTemplate jdbc;
  private final OffsetStore offsets;
  private final ServiceLocks locks;
  private final Days days;
  private final Consumer<Collection<StateChange>> history;
  private final Consumer<Collection<ResourceSample>> usage;
  private final Consumer<Collection<RecordedActivity>> activity;
  private final RollUp rollUp;

  public FoldTransaction(MetricsDatabase database) {
    this(database, LOCK, false);
  }

  /**
   * @param lock that all share who fold into the same tables
   * @param many whether all is only taken in: put in order and summed up it is at the end
   */
  FoldTransaction(MetricsDatabase database, long lock, boolean many) {
    Dirty dirty = new Dirty(database.jdbc());
    this.database = database;
    this.jdbc = database.jdbc();
    this.offsets = new OffsetStore(jdbc);
    this.locks = new ServiceLocks(jdbc, lock);
    this.days = new Days(jdbc, many ? Set.copyOf(Days.TABLES) : Set.of());
    this.history =
        many
            ? new LooseHistory(jdbc)::keep
            : new HistoryStore(
                    jdbc, wakes -> dirty.mark(Dirty.What.WAKE, wakes), new StateRollups(jdbc))
                ::fold;
    this.usage = many ? new LooseSamples(jdbc)::keep : new UsageStore(jdbc, dirty)::keep;
    this.activity = many ? new LooseActivity(jdbc)::keep : new ActivityStore(jdbc, dirty)::keep;
    this.rollUp = new RollUp(database, lock);
  }

  /**
   * Where the tables stand.
   *
   * @param offsets by partition; those never folded are not in it
   */
  public record Place(int generation, Map<TopicPartition, Long> offsets) {}

  /**
   * @param progress where each partition stands once these events are folded
   * @param generation of which the place was that was read from
   * @param andRollUp whether the sums are computed at once; else they are only marked
   * @return how many events came too late: their day's details are deleted, so that its sums cannot
   *     be computed again. They are left out.
   * @throws GenerationChangedException when the place is another's; nothing was folded
   */
  public int fold(
      Collection<Event> events,
      Map<TopicPartition, Progress> progress,
      int generation,
      boolean andRollUp) {
    Integer late =
        database.inTransaction(() -> {
          List<String> services = events.stream().map(Event::service).distinct().toList();
          locks.take(services);
          requireGeneration(generation);
          int tooLate = events.isEmpty() ? 0 : rows(events);
          if (andRollUp && !events.isEmpty()) {
            rollUp.of(services);
          }
          offsets.save(progress);
          return tooLate;
        });
    return late == null ? 0 : late;
  }

  private void requireGeneration(int expected) {
    int found = generation();
    if (found != expected) {
      throw new GenerationChangedException(expected, found);
    }
  }

  private int generation() {
    Integer number = jdbc.queryForObject("SELECT number FROM generation", Integer.class);
    return number == null ? 0 : number;
  }

  private int rows(Collection<Event> events) {
    Set<LocalDate> sealed = days.open(daysOf(events));
    List<StateChange> changes = new ArrayList<>();
    List<ResourceSample> samples = new ArrayList<>();
    List<RecordedActivity> used = new ArrayList<>();
    int late = 0;
    for (Event event : events) {
      switch (event) {
        case Event.Changed changed -> changes.add(changed.change());
        case Event tooLate when sealed.contains(tooLate.day()) -> late++;
        // What does not run uses nothing: there is no usage to sum.
        case Event.Sampled sampled when sampled.sample().tellsStorageOnly() -> {}
        case Event.Sampled sampled -> samples.add(sampled.sample());
        case Event.Used one -> used.add(one.activity());
      }
    }
    history.accept(changes);
    usage.accept(samples);
    activity.accept(used);
    return late;
  }

  private static Set<LocalDate> daysOf(Collection<Event> events) {
    return events.stream()
        .filter(event -> !(event instanceof Event.Changed))
        .map(Event::day)
        .collect(Collectors.toSet());
  }

  /** Computes the sums of these services that are marked. */
  public void rollUp(Collection<String> services) {
    rollUp.these(services);
  }

  /** Computes all sums that are marked. */
  public void rollUp() {
    rollUp.all();
  }

  /** Waits for the schema, which is usually there in a moment; answers whether it is. */
  public boolean awaitReady(Duration atMost) {
    return database.awaitReady(atMost);
  }

  /**
   * How far each partition is folded.
   *
   * @throws org.springframework.dao.DataAccessException when the database is away
   */
  public Place place() {
    Place place = database.inTransaction(() -> new Place(generation(), offsets.load()));
    return place == null ? new Place(0, Map.of()) : place;
  }

  /** By topic: the newest time that a folded event told; see {@link #place()}. */
  public Map<String, Instant> newest() {
    Map<String, Instant> newest = database.inTransaction(offsets::newest);
    return newest == null ? Map.of() : newest;
  }
}
