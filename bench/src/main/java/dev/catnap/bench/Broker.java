package dev.catnap.bench;

import dev.catnap.embedded.kafka.EmbeddedKafka;
import dev.catnap.embedded.kafka.EmbeddedKafkaSettings;
import java.nio.file.Path;

/** A broker in a process of its own, so that it can be killed; comes back at the same port. */
public final class Broker {
  static final String SAYS = "broker at ";

  private Broker() {}

  /**
   * @param args a directory for its data
   */
  public static void main(String[] args) throws InterruptedException {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(Path.of(args[0])))) {
      System.out.println(SAYS + kafka.bootstrapServers());
      Thread.currentThread().join();
    }
  }
}
