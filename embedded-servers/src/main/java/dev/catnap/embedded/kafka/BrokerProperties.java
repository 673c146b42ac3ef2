package dev.catnap.embedded.kafka;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;

/** The broker's configuration: one node, small and quick to come back. */
final class BrokerProperties {

  static final int NODE_ID = 1;
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  /**
   * How long the controller believes in a silent broker. Both are in one process, so silence means
   * that the process stood still: nobody could take over, while a broker taken for dead for a
   * moment turns producers away in the middle of their batches. A producer's first batch then fails
   * for good when its second is let in (a partition takes any sequence number from a producer it
   * does not know, and then refuses the lower one of the first). Not longer than Kafka's default: a
   * heartbeat without an answer is sent again after half of it, and a stop waits for that.
   */
  static final Duration SESSION = Duration.ofSeconds(9);

  /** After kill -9: the broker is refused for as long as its former registration is believed. */
  static final Duration SESSION_AFTER_KILL = Duration.ofSeconds(1);

  private BrokerProperties() {}

  static Properties of(
      EmbeddedKafkaSettings settings,
      Path logDirectory,
      int clientPort,
      int controllerPort,
      Duration session) {
    Properties properties = new Properties();
    addNode(properties, logDirectory, controllerPort);
    addListeners(properties, settings, clientPort, controllerPort);
    addSingleReplica(properties);
    addSmallFootprint(properties);
    addQuickReturn(properties, session);
    return properties;
  }

  private static void addNode(Properties properties, Path logDirectory, int controllerPort) {
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", Integer.toString(NODE_ID));
    properties.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
    properties.put("log.dirs", logDirectory.toString());
    // A misspelt topic name must fail, not make a topic with the wrong partitions.
    properties.put("auto.create.topics.enable", "false");
  }

  private static void addListeners(
      Properties properties, EmbeddedKafkaSettings settings, int clientPort, int controllerPort) {
    properties.put(
        "listeners",
        "PLAINTEXT://%s:%d,%s://127.0.0.1:%d"
            .formatted(settings.bindAddress(), clientPort, CONTROLLER_LISTENER, controllerPort));
    properties.put(
        "advertised.listeners",
        "PLAINTEXT://%s:%d".formatted(settings.advertisedHost(), clientPort));
    properties.put("controller.listener.names", CONTROLLER_LISTENER);
    properties.put(
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
    properties.put("inter.broker.listener.name", "PLAINTEXT");
  }

  private static void addSingleReplica(Properties properties) {
    for (String replicas :
        new String[] {
          "default.replication.factor",
          "min.insync.replicas",
          "offsets.topic.replication.factor",
          "transaction.state.log.replication.factor",
          "transaction.state.log.min.isr",
          "share.coordinator.state.topic.replication.factor",
          "share.coordinator.state.topic.min.isr"
        }) {
      properties.put(replicas, "1");
    }
  }

  private static void addSmallFootprint(Properties properties) {
    properties.put("offsets.topic.num.partitions", "1");
    properties.put("transaction.state.log.num.partitions", "1");
    properties.put("share.coordinator.state.topic.num.partitions", "1");
    properties.put("log.cleaner.threads", "1");
    properties.put("log.cleaner.dedupe.buffer.size", "2097152");
    properties.put("log.index.size.max.bytes", "1048576");
    properties.put("log.segment.bytes", "67108864");
    properties.put("num.network.threads", "2");
    properties.put("num.io.threads", "4");
    properties.put("background.threads", "2");
  }

  private static void addQuickReturn(Properties properties, Duration session) {
    properties.put("group.initial.rebalance.delay.ms", "0");
    // So that who wants a fast fail-over may have it; the clients decide.
    properties.put("group.min.session.timeout.ms", "500");
    properties.put("broker.session.timeout.ms", Long.toString(session.toMillis()));
    properties.put("broker.heartbeat.interval.ms", "250");
  }
}
