package dev.catnap.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.catnap.embedded.EmbeddedServerException;
import dev.catnap.embedded.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {

  @TempDir Path directory;
  private EmbeddedPostgresSettings settings;

  @BeforeEach
  void letPostgresPass() throws IOException {
    settings =
        EmbeddedPostgresSettings.in(Scratch.open(directory).resolve("data"))
            .withBinariesDirectory(Scratch.binaries());
  }

  @Test
  void rows_port_and_password_survive_a_restart() throws Exception {
    String url;
    String password;
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(settings)) {
      url = postgres.jdbcUrl();
      password = postgres.password();
      Rows.write(postgres, "before");
    }
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(settings)) {
      Rows.write(postgres, "later");
      assertThat(Rows.readAll(postgres)).containsExactly("before", "later");
      assertThat(postgres.jdbcUrl()).isEqualTo(url);
      assertThat(postgres.password()).isEqualTo(password);
    }
  }

  @Test
  void it_is_durable_private_and_closed_to_wrong_passwords() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(settings)) {
      assertThat(Rows.query(postgres, "SHOW fsync")).containsExactly("on");
      assertThat(Rows.query(postgres, "SHOW listen_addresses")).containsExactly("127.0.0.1");
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(directory.resolve("data/password"))))
          .isEqualTo("rw-------");
      assertThatThrownBy(
              () -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), "wrong"))
          .hasMessageContaining("password authentication failed");
      assertThat(directory.resolve("data/postgres.log")).content().contains("ready to accept");
    }
  }

  @Test
  void close_does_not_wait_for_connected_clients() throws Exception {
    EmbeddedPostgres postgres = EmbeddedPostgres.start(settings);
    try (Connection connection = Rows.connect(postgres)) {
      postgres.close();
      assertThat(ProcessHandle.of(postgres.pid())).isEmpty();
      assertThat(connection.isValid(1)).isFalse();
    }
  }

  @Test
  void stale_pid_file_that_names_another_process_does_not_block_the_start() throws Exception {
    EmbeddedPostgres.start(settings).close();
    Path pidFile = directory.resolve("data/cluster/postmaster.pid");
    Files.writeString(pidFile, ProcessHandle.current().pid() + "\n");
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(settings)) {
      assertThat(Rows.query(postgres, "SELECT 1")).containsExactly("1");
    }
  }

  @Test
  void second_server_on_the_same_directory_is_refused() {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(settings)) {
      assertThatThrownBy(() -> EmbeddedPostgres.start(settings))
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessageContaining("is in use by process");
      assertThat(postgres.port()).isPositive();
    }
  }

  @Test
  void root_data_in_a_private_directory_move_to_the_shelter_and_are_found_again() throws Exception {
    assumeTrue(RunAs.detect().root());
    Path locked = Files.createDirectory(directory.resolve("locked"));
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwx------"));
    EmbeddedPostgresSettings sheltered =
        EmbeddedPostgresSettings.in(locked.resolve("data"))
            .withBinariesDirectory(Scratch.binaries())
            .withShelter(directory.resolve("shelter"));
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(sheltered)) {
      Rows.write(postgres, "sheltered");
    }
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(sheltered)) {
      assertThat(Rows.readAll(postgres)).containsExactly("sheltered");
    }
    assertThatThrownBy(() ->
            EmbeddedPostgres.start(
                EmbeddedPostgresSettings.in(locked.resolve("other"))
                    .withShelter(locked.resolve("shelter"))))
        .hasMessageContaining("chmod o+x " + locked);
  }

  @Test
  void two_that_unpack_at_once_share_one_copy() throws Exception {
    Path shared = directory.resolve("binaries");
    var first = CompletableFuture.supplyAsync(() -> PostgresBinaries.below(shared));
    var second = CompletableFuture.supplyAsync(() -> PostgresBinaries.below(shared));
    assertThat(first.get().program("postgres"))
        .isEqualTo(second.get().program("postgres"))
        .isExecutable();
    try (Stream<Path> left = Files.list(shared)) {
      assertThat(left).hasSize(1);
    }
  }

  @Test
  void settings_name_what_is_wrong() {
    assertThatThrownBy(() -> settings.withPort(-1))
        .hasMessage("port must be 0 (a free port) to 65535, but is -1.");
  }
}
