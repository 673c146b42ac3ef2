package dev.catnap.metrics.storage.jdbc;

import dev.catnap.kit.database.DatabaseAwayException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/** Whether the database answers; an answer is good for a second. */
public final class DatabaseHealth {
  private static final long GOOD_FOR_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final MetricsDatabase database;
  private @Nullable String problem;
  private long askedAtNanos = System.nanoTime() - GOOD_FOR_NANOS;

  public DatabaseHealth(MetricsDatabase database) {
    this.database = database;
  }

  /** Why it cannot be used; null when it can. */
  public synchronized @Nullable String problem() {
    if (System.nanoTime() - askedAtNanos >= GOOD_FOR_NANOS) {
      problem = ask();
      askedAtNanos = System.nanoTime();
    }
    return problem;
  }

  private @Nullable String ask() {
    try {
      database.client().sql("SELECT 1").query(Integer.class).single();
      return null;
    } catch (DatabaseAwayException e) {
      return e.getMessage();
    } catch (DataAccessException e) {
      return "the database does not answer: " + e.getMostSpecificCause().getMessage();
    }
  }
}
