package dev.catnap.metrics.fold.jdbc;

import dev.catnap.metrics.history.jdbc.WakeRollups;
import dev.catnap.metrics.storage.jdbc.Dirty;
import dev.catnap.metrics.storage.jdbc.Dirty.Mark;
import dev.catnap.metrics.storage.jdbc.MetricsDatabase;
import dev.catnap.metrics.usage.jdbc.ActivityRollups;
import dev.catnap.metrics.usage.jdbc.UsageRollups;
import dev.catnap.metrics.window.Bucket;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;

/** Computes again all sums that are marked; they are set, never added to. */
public final class RollUp {
  private static final int SERVICES_AT_ONCE = 100;
  private static final int MARKS_AT_ONCE = 20_000;

  private final MetricsDatabase database;
  private final ServiceLocks locks;
  private final Dirty dirty;
  private final UsageRollups usage;
  private final ActivityRollups activity;
  private final WakeRollups wakes;

  RollUp(MetricsDatabase database, long lock) {
    JdbcTemplate jdbc = database.jdbc();
    this.database = database;
    this.locks = new ServiceLocks(jdbc, lock);
    this.dirty = new Dirty(jdbc);
    this.usage = new UsageRollups(jdbc);
    this.activity = new ActivityRollups(jdbc);
    this.wakes = new WakeRollups(jdbc);
  }

  /** Those of services whose lock this transaction has. */
  void of(Collection<String> services) {
    List<Mark> minutes = dirty.take(Dirty.What.USAGE, services);
    some(minutes, usage::rollMinutes);
    Set<Mark> hours = UsageRollups.within(Bucket.HOUR, minutes);
    hours.addAll(dirty.take(Dirty.What.USAGE_HOUR, services));
    some(List.copyOf(hours), usage::rollHours);
    some(dirty.take(Dirty.What.ACTIVITY, services), activity::roll);
    some(dirty.take(Dirty.What.WAKE, services), wakes::roll);
  }

  /** So many a statement that it ends in time. */
  private static void some(List<Mark> marks, Consumer<List<Mark>> roll) {
    for (int from = 0; from < marks.size(); from += MARKS_AT_ONCE) {
      roll.accept(marks.subList(from, Math.min(marks.size(), from + MARKS_AT_ONCE)));
    }
  }

  /** Those of these services, some a transaction. */
  void these(Collection<String> services) {
    List<String> all = List.copyOf(services);
    for (int from = 0; from < all.size(); from += SERVICES_AT_ONCE) {
      List<String> some = all.subList(from, Math.min(all.size(), from + SERVICES_AT_ONCE));
      database.inTransaction(() -> {
        locks.take(some);
        of(some);
        return null;
      });
    }
  }

  /** All that is marked, some services a transaction. */
  public void all() {
    while (someServices()) {
      // More may be marked.
    }
  }

  private boolean someServices() {
    Boolean more =
        database.inTransaction(() -> {
          List<String> services = dirty.services(SERVICES_AT_ONCE);
          if (!services.isEmpty()) {
            locks.take(services);
            of(services);
          }
          return services.size() == SERVICES_AT_ONCE;
        });
    return more != null && more;
  }
}
