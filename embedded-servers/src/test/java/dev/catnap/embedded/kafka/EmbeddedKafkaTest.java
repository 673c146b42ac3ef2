package dev.catnap.embedded.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catnap.embedded.EmbeddedServerException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {

  @TempDir Path directory;

  @Test
  void records_and_port_survive_a_restart() throws Exception {
    EmbeddedKafkaSettings settings = EmbeddedKafkaSettings.in(directory);
    String first;
    try (EmbeddedKafka kafka = EmbeddedKafka.start(settings)) {
      first = kafka.bootstrapServers();
      Records.createTopic(first, "notes");
      Records.write(first, "notes", "before");
    }
    try (EmbeddedKafka kafka = EmbeddedKafka.start(settings)) {
      assertThat(kafka.bootstrapServers()).isEqualTo(first);
      Records.write(first, "notes", "after");
      assertThat(Records.readAll(first, "notes")).containsExactly("before", "after");
    }
  }

  @Test
  void second_broker_on_the_same_directory_is_told_who_uses_it() {
    EmbeddedKafkaSettings settings = EmbeddedKafkaSettings.in(directory);
    try (EmbeddedKafka kafka = EmbeddedKafka.start(settings)) {
      assertThatThrownBy(() -> EmbeddedKafka.start(settings))
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessageContaining(directory + " is in use by process")
          .hasMessageContaining(String.valueOf(ProcessHandle.current().pid()));
      assertThat(kafka.port()).isPositive();
    }
  }

  @Test
  void taken_port_is_named_and_the_directory_stays_usable() throws Exception {
    EmbeddedKafkaSettings settings = EmbeddedKafkaSettings.in(directory);
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> EmbeddedKafka.start(settings.withPort(taken.getLocalPort())))
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessageContaining("Port " + taken.getLocalPort() + " on 127.0.0.1 is taken");
    }
    EmbeddedKafka.start(settings).close();
  }

  @Test
  void settings_name_what_is_wrong() {
    EmbeddedKafkaSettings settings = EmbeddedKafkaSettings.in(directory);
    assertThatThrownBy(() -> settings.withPort(65_536))
        .hasMessage("port must be 0 (a free port) to 65535, but is 65536.");
    assertThatThrownBy(() -> settings.withAddress(" ", "localhost"))
        .hasMessage("bindAddress must not be empty.");
    assertThatThrownBy(() -> settings.withAddress("0.0.0.0", "0.0.0.0"))
        .hasMessageStartingWith("advertisedHost must be a host that clients can connect to");
  }
}
