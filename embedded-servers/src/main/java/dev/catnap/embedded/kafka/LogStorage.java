package dev.catnap.embedded.kafka;

import dev.catnap.embedded.EmbeddedServerException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** The directory that holds the log; what {@code kafka-storage.sh format} does, when needed. */
final class LogStorage {

  private LogStorage() {}

  static void formatWhenNew(Path logDirectory) {
    if (isFormatted(logDirectory)) {
      return;
    }
    try {
      Files.createDirectories(logDirectory);
      formatter(logDirectory).run();
    } catch (Exception e) {
      throw new EmbeddedServerException("Kafka: cannot format " + logDirectory + ": " + e, e);
    }
  }

  /** Whether a broker ran on it and was not stopped: a stopped one leaves a mark. */
  static boolean wasKilled(Path logDirectory) {
    return isFormatted(logDirectory) && !Files.exists(logDirectory.resolve(".kafka_cleanshutdown"));
  }

  /** The file is written last by the formatter. */
  private static boolean isFormatted(Path logDirectory) {
    return Files.exists(logDirectory.resolve("meta.properties"));
  }

  private static Formatter formatter(Path logDirectory) {
    String directory = logDirectory.toString();
    return new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(BrokerProperties.NODE_ID)
        .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
        .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
        .setMetadataLogDirectory(directory)
        .addDirectory(directory);
  }
}
