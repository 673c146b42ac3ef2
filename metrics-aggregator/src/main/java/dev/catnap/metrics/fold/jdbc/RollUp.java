package dev.catnap.metrics.fold.jdbc;

import dev.catnap.metrics.history.jdbc.WakeRollups;
import dev.catnap.metrics.storage.jdbc.Dirty;
import dev.catnap.metrics.storage.jdbc.MetricsDatabase;
import dev.catnap.metrics.usage.jdbc.ActivityRollups;
import dev.catnap.metrics.usage.jdbc.UsageRollups;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Computes again all sums that are marked; they are set, never added to. */
public final class RollUp {
  private static final int SERVICES_AT_ONCE = 100;

  private final MetricsDatabase database;
  private final ServiceLocks locks;
  private final Dirty dirty;
  private final UsageRollups usage;
  private final ActivityRollups activity;
  private final WakeRollups wakes;

  public RollUp(MetricsDatabase database) {
    JdbcTemplate jdbc = database.template();
    this.database = database;
    this.locks = new ServiceLocks(jdbc);
    this.dirty = new Dirty(jdbc);
    this.usage = new UsageRollups(jdbc);
    this.activity = new ActivityRollups(jdbc);
    this.wakes = new WakeRollups(jdbc);
  }

  /** Those of services whose lock this transaction has. */
  void of(Collection<String> services) {
    usage.roll(dirty.take(Dirty.What.USAGE, services));
    activity.roll(dirty.take(Dirty.What.ACTIVITY, services));
    wakes.roll(dirty.take(Dirty.What.WAKE, services));
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
