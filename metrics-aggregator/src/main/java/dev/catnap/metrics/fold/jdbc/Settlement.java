package dev.catnap.metrics.fold.jdbc;

import dev.catnap.metrics.history.jdbc.StateRollups;
import dev.catnap.metrics.history.jdbc.WakeRollups;
import dev.catnap.metrics.storage.jdbc.Days;
import dev.catnap.metrics.storage.jdbc.DeferredIndexes;
import dev.catnap.metrics.storage.jdbc.MetricsDatabase;
import dev.catnap.metrics.usage.jdbc.ActivityRollups;
import dev.catnap.metrics.usage.jdbc.LooseActivity;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What a fold of the whole log leaves to be done once, when all is there: activity in order, sums
 * of activity, wakes and time in states, and indexes. Each part in a transaction of its own and
 * harmless when it is done already, so that it goes on after a crash.
 */
final class Settlement {
  /** What nobody looks up before all is there. */
  private static final List<String> INDEXES =
      List.of(
          "activity_minute_pkey",
          "state_interval_in_time",
          "state_interval_by_start",
          "state_interval_by_end",
          "state_interval_across",
          "wake_in_time",
          "wake_in_time_of_all");

  private final MetricsDatabase database;
  private final JdbcTemplate jdbc;
  private final DeferredIndexes indexes;

  Settlement(MetricsDatabase database) {
    this.database = database;
    this.jdbc = database.template();
    this.indexes = new DeferredIndexes(jdbc);
  }

  /** Whether some of it is done: then nothing can be left to it any more. */
  boolean isBegun() {
    return !days(() -> new Days(jdbc).daysOf("activity")).isEmpty();
  }

  /** Before anything is folded that is left to it. */
  void prepare() {
    inTransaction(() -> indexes.takeAway(INDEXES));
  }

  void carryOut() {
    LooseActivity loose = new LooseActivity(jdbc);
    ActivityRollups counts = new ActivityRollups(jdbc);
    eachDay(
        loose::days,
        day -> {
          loose.settle(day);
          counts.rollDay(midnight(day));
        });
    inTransaction(indexes::makeAgain);
    WakeRollups wakes = new WakeRollups(jdbc);
    eachDay(wakes::days, day -> wakes.rollDay(midnight(day)));
    StateRollups states = new StateRollups(jdbc);
    eachDay(states::days, day -> states.rollDay(midnight(day)));
  }

  private void eachDay(Supplier<List<LocalDate>> days, Consumer<LocalDate> work) {
    days(days).forEach(day -> inTransaction(() -> work.accept(day)));
  }

  private static Instant midnight(LocalDate day) {
    return day.atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  private List<LocalDate> days(Supplier<List<LocalDate>> asked) {
    return Objects.requireNonNullElse(database.inTransaction(asked::get), List.of());
  }

  private void inTransaction(Runnable work) {
    database.inTransaction(() -> {
      work.run();
      return null;
    });
  }
}
