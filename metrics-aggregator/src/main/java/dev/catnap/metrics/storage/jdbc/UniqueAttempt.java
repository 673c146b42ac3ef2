package dev.catnap.metrics.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What is done as if no key stood there twice, because hardly any ever does: to look first would
 * cost as much as to do it. To be called within a transaction.
 */
public final class UniqueAttempt {
  private static final String UNIQUE_VIOLATION = "23505";

  private UniqueAttempt() {}

  /** Something a key may refuse. */
  @FunctionalInterface
  public interface Work {
    void on(Connection connection) throws SQLException;
  }

  /**
   * @return false when a key refused it: then it is undone, and the transaction can go on
   */
  public static boolean at(JdbcTemplate jdbc, Work work) {
    return Boolean.TRUE.equals(
        jdbc.execute((ConnectionCallback<Boolean>) connection -> attempt(connection, work)));
  }

  private static boolean attempt(Connection connection, Work work) throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      work.on(connection);
      connection.releaseSavepoint(before);
      return true;
    } catch (SQLException e) {
      if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
        throw e;
      }
      connection.rollback(before);
      return false;
    }
  }
}
