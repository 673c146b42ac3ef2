package dev.catnap.bench;

import dev.catnap.embedded.postgres.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A database and questions to it. */
record PostgresTarget(String url, String user, String password, long pid) {
  static PostgresTarget of(EmbeddedPostgres postgres) {
    return new PostgresTarget(
        postgres.jdbcUrl(), postgres.user(), postgres.password(), postgres.pid());
  }

  Connection connect(String schema) throws SQLException {
    Connection connection = DriverManager.getConnection(url, user, password);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET search_path TO " + schema);
    }
    return connection;
  }

  static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(sql)) {
      answer.next();
      return answer.getLong(1);
    }
  }
}
