package dev.catnap.policy.idleness.kafka;

import dev.catnap.events.Action;
import dev.catnap.events.Command;
import dev.catnap.events.kafka.Records;
import dev.catnap.events.kafka.Topic;
import dev.catnap.events.kafka.Topics;
import dev.catnap.kit.tracing.Traces;
import dev.catnap.policy.catalog.LiveFleet;
import dev.catnap.policy.idleness.Fixtures;
import dev.catnap.policy.idleness.LiveServices;
import dev.catnap.policy.rules.Limits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The topology with a clock that stands until it is told to go on. */
final class TopologyFixture implements AutoCloseable {
  final LiveServices live = new LiveServices();
  final LiveFleet fleet = new LiveFleet();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Instant now = Fixtures.T0;
  private final TopologyTestDriver driver;

  TopologyFixture() {
    PolicyParts parts =
        new PolicyParts(
            fleet,
            new FleetFeed(fleet),
            live,
            Limits.DEFAULT,
            new PolicyMeters(meters),
            Traces.OFF,
            () -> now);
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
    driver =
        new TopologyTestDriver(
            PolicyTopology.build(parts, 1, Duration.ofMillis(250)), properties, now);
  }

  /** Lets time pass in steps of one tick. */
  TopologyFixture passes(Duration time) {
    Instant end = now.plus(time);
    while (now.isBefore(end)) {
      Duration step = Duration.ofMillis(250);
      now = now.plus(step);
      driver.advanceWallClockTime(step);
    }
    return this;
  }

  Instant now() {
    return now;
  }

  <V> TopologyFixture publish(Topic<V> topic, V event) {
    ProducerRecord<String, byte[]> record = Records.write(topic, event, "/test");
    if (topic == (Topic<?>) Topics.SERVICES) {
      fleet.define(record.key(), (dev.catnap.events.ServiceDefinition) event);
    }
    input(topic)
        .pipeInput(
            new TestRecord<>(record.key(), record.value(), record.headers(), record.timestamp()));
    return this;
  }

  TopologyFixture publishRaw(Topic<?> topic, String key, String json) {
    byte[] value = json == null ? null : json.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    input(topic).pipeInput(new TestRecord<>(key, value, now));
    return this;
  }

  TopologyFixture publishRaw(Topic<?> topic, String key, byte[] value, Headers headers) {
    input(topic).pipeInput(new TestRecord<>(key, value, headers, now));
    return this;
  }

  private TestInputTopic<String, byte[]> input(Topic<?> topic) {
    return driver.createInputTopic(topic.name(), new StringSerializer(), new ByteArraySerializer());
  }

  /** What was commanded since the last call. */
  List<Command> commands() {
    return records(Topics.COMMANDS.name()).stream()
        .map(record ->
            Records.read(Topics.COMMANDS, record.key(), record.value(), record.headers(), 0))
        .toList();
  }

  /** The same as {@code ACTION service rule}. */
  List<String> commanded() {
    return commands().stream()
        .map(command -> command.action() + " " + command.service() + " " + command.rule())
        .toList();
  }

  List<Action> actions() {
    return commands().stream().map(Command::action).toList();
  }

  List<TestRecord<String, byte[]>> records(String topic) {
    TestOutputTopic<String, byte[]> output =
        driver.createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer());
    return output.readRecordsToList();
  }

  @Override
  public void close() {
    driver.close();
  }
}
