package dev.catnap.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

@WithPostgres
class PostgresServerTest {

  @Test
  void fresh_databases_are_empty_and_apart(PostgresServer postgres) throws SQLException {
    createTable(postgres.freshDatabase());
    createTable(postgres.freshDatabase());
    assertThat(postgres).isSameAs(PostgresServer.shared());
  }

  @Test
  void private_server_stops_and_starts_with_its_data() throws SQLException {
    try (PostgresServer postgres = PostgresServer.privateServer()) {
      createTable(postgres.database());
      postgres.stop();
      assertThatThrownBy(() -> postgres.database().connect()).isInstanceOf(SQLException.class);
      postgres.start();
      assertThatThrownBy(() -> createTable(postgres.database()))
          .hasMessageContaining("already exists");
    }
  }

  private static void createTable(PostgresServer.Database database) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE note (text varchar)");
    }
  }
}
