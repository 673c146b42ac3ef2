package dev.catnap.metrics.fold.jdbc;

import java.util.Collection;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * One writer a service at a time. Two instances may meet on one service where somebody wrote
 * records without a key, and sums are computed by whoever comes first: each must see the other's
 * rows before it computes what follows from them. Held until the transaction ends.
 */
final class ServiceLocks {
  /**
   * Taken in order, so that none waits for one who waits for it; all at once, and only once a
   * transaction. What is written here need not be on disk before the answer: rows and offsets are
   * lost together, and read again.
   */
  private static final String TAKE =
      """
      SELECT set_config('synchronous_commit', 'off', true), pg_advisory_xact_lock_shared(?),
        (SELECT count(pg_advisory_xact_lock(hashtextextended(service, ?)))
        FROM (SELECT DISTINCT service FROM unnest(?::text[]) AS t (service) ORDER BY service) s)
      """;

  private final JdbcTemplate jdbc;

  private final long all;

  /**
   * @param all the lock that folds into the same tables share
   */
  ServiceLocks(JdbcTemplate jdbc, long all) {
    this.jdbc = jdbc;
    this.all = all;
  }

  /** Waits for folds that have them; none begins while all are locked out. */
  void take(Collection<String> services) {
    jdbc.query(TAKE, row -> {}, all, all, services.stream().distinct().toArray(String[]::new));
  }
}
