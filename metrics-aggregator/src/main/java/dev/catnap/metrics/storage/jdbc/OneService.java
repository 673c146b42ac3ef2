package dev.catnap.metrics.storage.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * The condition on a service that may be given or not. It is written into the statement, rather
 * than left to the database as {@code :service IS NULL OR ...}: a plan for both would read it all.
 */
public final class OneService {
  /** Stands in statements, and takes the argument {@code service}. */
  public static final String CONDITION = "(CAST(:service AS text) IS NULL OR service = :service)";

  private OneService() {}

  /**
   * @param service null: all
   */
  public static String in(String sql, @Nullable String service) {
    return sql.replace(CONDITION, service == null ? "true" : "service = :service");
  }
}
