package dev.catnap.metrics.fold.jdbc;

import dev.catnap.metrics.history.jdbc.LooseHistory;
import dev.catnap.metrics.history.jdbc.StateRollups;
import dev.catnap.metrics.history.jdbc.WakeRollups;
import dev.catnap.metrics.storage.jdbc.DeferredIndexes;
import dev.catnap.metrics.storage.jdbc.MetricsDatabase;
import dev.catnap.metrics.usage.jdbc.ActivityRollups;
import dev.catnap.metrics.usage.jdbc.LooseActivity;
import dev.catnap.metrics.usage.jdbc.LooseSamples;
import dev.catnap.metrics.usage.jdbc.UsageRollups;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What a fold of the whole log leaves to be done once, when all is there: history and details in
 * order, their sums, and indexes. Each part in a transaction of its own and passed over when it is
 * done already, so that it goes on after a crash. History and the days of details have nothing to
 * do with each other: two parts at a time.
 */
final class Settlement {
  private static final List<String> ACTIVITY_INDEXES =
      List.of("activity_minute_pkey", "activity_minute_in_time");

  /** More would only wait for each other's memory and disk. */
  private static final int AT_A_TIME = 2;

  private final MetricsDatabase database;
  private final JdbcTemplate jdbc;
  private final DeferredIndexes indexes;

  Settlement(MetricsDatabase database) {
    this.database = database;
    this.jdbc = database.jdbc();
    this.indexes = new DeferredIndexes(jdbc);
  }

  /** Whether some of it is done: then nothing can be left to it any more. */
  boolean isBegun() {
    return Boolean.TRUE.equals(
        database.inTransaction(
            () -> jdbc.queryForObject("SELECT to_regclass('settled') IS NOT NULL", Boolean.class)));
  }

  /** Before anything is folded that is left to it. */
  void prepare() {
    inTransaction(() -> {
      indexes.takeAway(
          Stream.concat(LooseHistory.INDEXES.stream(), ACTIVITY_INDEXES.stream()).toList());
      new LooseHistory(jdbc).prepare();
    });
  }

  void carryOut() {
    inTransaction(() -> jdbc.execute("CREATE TABLE IF NOT EXISTS settled (part text NOT NULL)"));
    LooseActivity activity = new LooseActivity(jdbc);
    LooseSamples samples = new LooseSamples(jdbc);
    List<LocalDate> daysOfActivity = asked(activity.days()::all);
    List<LocalDate> daysOfSamples = asked(samples.days()::all);
    List<Runnable> parts = new ArrayList<>();
    parts.add(this::history);
    daysOfActivity.forEach(day -> parts.add(() -> inTransaction(() -> activity(activity, day))));
    daysOfSamples.forEach(day -> parts.add(() -> inTransaction(() -> samples(samples, day))));
    new Parts(AT_A_TIME).carryOut(parts);
    each(daysOfActivity, activity.days()::attach);
    each(daysOfSamples, samples.days()::attach);
    inTransaction(() -> {
      indexes.makeAgain(ACTIVITY_INDEXES);
      indexes.forget();
    });
  }

  /** Before the tables are in use: nothing of this is theirs. */
  void forget(String schema) {
    jdbc.execute("DROP TABLE \"" + schema + "\".settled");
  }

  private void history() {
    inTransaction(() -> {
      if (jdbc.queryForList("SELECT part FROM settled").isEmpty()) {
        new LooseHistory(jdbc).settle();
        jdbc.update("INSERT INTO settled VALUES ('history')");
      }
    });
    inTransaction(() -> indexes.makeAgain(LooseHistory.INDEXES));
    WakeRollups wakes = new WakeRollups(jdbc);
    each(asked(wakes::days), day -> wakes.rollDay(midnight(day)));
    StateRollups states = new StateRollups(jdbc);
    each(asked(states::days), day -> states.rollDay(midnight(day)));
  }

  private void activity(LooseActivity loose, LocalDate day) {
    if (!loose.days().isInOrder(day)) {
      loose.order(day);
      new ActivityRollups(jdbc).rollDay(loose.days().table(day));
    }
  }

  private void samples(LooseSamples loose, LocalDate day) {
    if (!loose.days().isInOrder(day)) {
      loose.order(day);
      new UsageRollups(jdbc).rollDay(loose.days().table(day), midnight(day));
    }
  }

  private void each(List<LocalDate> days, Consumer<LocalDate> work) {
    days.forEach(day -> inTransaction(() -> work.accept(day)));
  }

  private static Instant midnight(LocalDate day) {
    return day.atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  private List<LocalDate> asked(Supplier<List<LocalDate>> days) {
    return Objects.requireNonNullElse(database.inTransaction(days::get), List.of());
  }

  private void inTransaction(Runnable work) {
    database.inTransaction(() -> {
      work.run();
      return null;
    });
  }
}
