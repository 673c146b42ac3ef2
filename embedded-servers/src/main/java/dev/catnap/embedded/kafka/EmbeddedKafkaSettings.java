package dev.catnap.embedded.kafka;

import dev.catnap.embedded.SettingsCheck;
import java.nio.file.Path;
import java.util.Set;

/**
 * How to run the broker.
 *
 * @param dataDirectory where log and metadata are kept; created when missing; one broker at a time
 * @param bindAddress the address to listen on, for example 127.0.0.1 or 0.0.0.0
 * @param port 1 to 65535, or 0: the port of the last run when it is free, else a free one
 * @param advertisedHost the host that clients are told to connect to
 */
public record EmbeddedKafkaSettings(
    Path dataDirectory, String bindAddress, int port, String advertisedHost) {

  private static final Set<String> ALL_INTERFACES = Set.of("0.0.0.0", "::", "[::]");

  public EmbeddedKafkaSettings {
    SettingsCheck.notBlank("bindAddress", bindAddress);
    SettingsCheck.notBlank("advertisedHost", advertisedHost);
    SettingsCheck.port("port", port);
    if (ALL_INTERFACES.contains(advertisedHost)) {
      throw new IllegalArgumentException(
          "advertisedHost must be a host that clients can connect to, but is "
              + advertisedHost
              + ". Name this host or one of its addresses.");
    }
    dataDirectory = dataDirectory.toAbsolutePath().normalize();
  }

  /** On 127.0.0.1 and a port of its own choice. */
  public static EmbeddedKafkaSettings in(Path dataDirectory) {
    return new EmbeddedKafkaSettings(dataDirectory, "127.0.0.1", 0, "127.0.0.1");
  }

  public EmbeddedKafkaSettings withPort(int port) {
    return new EmbeddedKafkaSettings(dataDirectory, bindAddress, port, advertisedHost);
  }

  /** Listens on {@code bindAddress} and tells clients to connect to {@code advertisedHost}. */
  public EmbeddedKafkaSettings withAddress(String bindAddress, String advertisedHost) {
    return new EmbeddedKafkaSettings(dataDirectory, bindAddress, port, advertisedHost);
  }
}
