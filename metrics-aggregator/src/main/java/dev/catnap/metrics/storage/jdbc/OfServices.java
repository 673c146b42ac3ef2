package dev.catnap.metrics.storage.jdbc;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * The condition on services in statements, where the word {@code SERVICE} stands for it. It is
 * written into the statement, rather than left to the database as {@code :services IS NULL OR ...}:
 * a plan for both would read it all. One is compared as one: the database would not guess how few
 * rows a list of one has.
 */
public final class OfServices {
  private static final String LIST = "CAST(:services AS text[])";

  private OfServices() {}

  /**
   * Takes the argument of {@link #bind}.
   *
   * @param services null: all; none where it is empty
   */
  public static String in(String sql, @Nullable Collection<String> services) {
    if (services == null) {
      return sql.replace("SERVICE", "true");
    }
    return sql.replace(
        "SERVICE",
        services.size() == 1 ? "service = (" + LIST + ")[1]" : "service = ANY(" + LIST + ")");
  }

  public static StatementSpec bind(StatementSpec statement, @Nullable Collection<String> services) {
    return services == null
        ? statement
        : statement.param("services", services.toArray(String[]::new));
  }
}
