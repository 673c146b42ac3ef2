package dev.catnap.actuator;

import static org.awaitility.Awaitility.await;

import dev.catnap.events.Action;
import dev.catnap.events.Command;
import dev.catnap.events.DefinitionReader;
import dev.catnap.events.Reason;
import dev.catnap.events.ResourceSample;
import dev.catnap.events.RunState;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.StateChange;
import dev.catnap.events.kafka.Records;
import dev.catnap.events.kafka.Topic;
import dev.catnap.events.kafka.TopicFollower;
import dev.catnap.events.kafka.Topics;
import dev.catnap.testkit.HttpProbe;
import dev.catnap.testkit.KafkaServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service as it runs, on a real broker, and what it published. */
final class Actuator implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(30);

  private final KafkaServer kafka;
  private final List<String> arguments = new ArrayList<>();
  private final KafkaProducer<String, byte[]> producer;
  private final List<StateChange> changes = new CopyOnWriteArrayList<>();
  private final List<ResourceSample> samples = new CopyOnWriteArrayList<>();
  private final List<ServiceDefinition> definitions = new CopyOnWriteArrayList<>();
  private final List<String> withdrawn = new CopyOnWriteArrayList<>();
  private final List<TopicFollower<?>> followers = new ArrayList<>();
  private ConfigurableApplicationContext context;
  private HttpProbe http;

  private Actuator(KafkaServer kafka, String... settings) {
    this.kafka = kafka;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", "0"),
            new StringSerializer(),
            new ByteArraySerializer());
    String host = "host-" + UUID.randomUUID().toString().substring(0, 8);
    arguments.addAll(
        List.of(
            "--catnap.port=0",
            "--catnap.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
            "--catnap.kafka.partitions=2",
            "--catnap.container-actuator.host=" + host,
            "--catnap.container-actuator.sample-interval=300ms"));
    arguments.addAll(List.of(settings));
  }

  /** Started, and past its first comparison if an engine answers. */
  static Actuator start(KafkaServer kafka, String... settings) {
    Actuator actuator = new Actuator(kafka, settings);
    actuator.start();
    actuator.follow(Topics.STATE_CHANGES, actuator.changes);
    actuator.follow(Topics.RESOURCE_SAMPLES, actuator.samples);
    actuator.follow(Topics.SERVICES, actuator.definitions);
    return actuator;
  }

  /** On Docker, with eyes for the containers of this JVM's tests only. */
  static Actuator onDocker(KafkaServer kafka, String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add(
        "--catnap.container-actuator.required-labels[catnap.test]="
            + dev.catnap.testkit.docker.Workloads.runId());
    return start(kafka, all.toArray(String[]::new));
  }

  void start() {
    context =
        new SpringApplicationBuilder(ContainerActuatorApplication.class)
            .properties("catnap.default-port=0")
            .run(arguments.toArray(String[]::new));
    http =
        new HttpProbe(
            "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
  }

  void stop() {
    http.close();
    context.close();
  }

  HttpProbe http() {
    return http;
  }

  private <V> void follow(Topic<V> topic, List<V> into) {
    followers.add(
        new TopicFollower<>(
                topic,
                () ->
                    new KafkaConsumer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        new StringDeserializer(),
                        new ByteArrayDeserializer()),
                null,
                (record, event) -> {
                  if (event != null) {
                    into.add(event);
                  } else if (topic == Topics.SERVICES) {
                    withdrawn.add(record.key());
                  }
                })
            .start());
  }

  /** Services whose definitions were taken back so far. */
  List<String> withdrawn() {
    return withdrawn;
  }

  Command command(Action action, String service) {
    return command(UUID.randomUUID().toString(), action, service, Instant.now());
  }

  Command command(String id, Action action, String service, Instant at) {
    Command command =
        new Command(id, service, action, at, Reason.MANUAL, "manual", null, at.minusMillis(1));
    send(Records.write(Topics.COMMANDS, command, "/test"));
    return command;
  }

  void define(String service, Map<String, Object> fields) {
    send(
        Records.write(
            Topics.SERVICES,
            DefinitionReader.readWritten(
                service, fields, ServiceDefinition.Source.API, Instant.now()),
            "/test"));
  }

  void undefine(String service) {
    send(Records.remove(Topics.SERVICES, service));
  }

  void send(ProducerRecord<String, byte[]> record) {
    try {
      producer.send(record).get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  List<StateChange> changesOf(String service) {
    return changes.stream().filter(change -> change.service().equals(service)).toList();
  }

  List<ResourceSample> samplesOf(String service) {
    return samples.stream().filter(sample -> sample.service().equals(service)).toList();
  }

  ServiceDefinition awaitDefinition(String service) {
    return await("definition of " + service)
        .atMost(SOON)
        .until(
            () ->
                definitions.stream()
                    .filter(one -> one.name().equals(service))
                    .findFirst()
                    .orElse(null),
            Objects::nonNull);
  }

  /** The newest change, once it is to that state. */
  StateChange awaitState(String service, RunState state) {
    await(service + " is " + state)
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> {
          List<StateChange> known = changesOf(service);
          return !known.isEmpty() && known.getLast().to() == state;
        });
    return changesOf(service).getLast();
  }

  /** The change to that state which fulfils the command. */
  StateChange awaitDone(Command command, RunState state) {
    return await(command.action() + " of " + command.service())
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(5))
        .until(
            () ->
                changesOf(command.service()).stream()
                    .filter(change -> command.id().equals(change.commandId()))
                    .filter(change -> change.to() == state)
                    .findFirst()
                    .orElse(null),
            Objects::nonNull);
  }

  /** What the audit says of a command, once it says something. */
  String awaitOutcome(Command command) {
    return await("audit of " + command.id())
        .atMost(SOON)
        .until(
            () -> {
              for (var entry : http.get("/containers/audit?limit=1000").json().path("items")) {
                if (entry.path("commandId").asString().equals(command.id())) {
                  return entry.path("outcome").asString();
                }
              }
              return null;
            },
            Objects::nonNull);
  }

  @Override
  public void close() {
    followers.forEach(TopicFollower::close);
    producer.close();
    stop();
  }
}
