package dev.catnap.bench;

import dev.catnap.events.RunState;
import dev.catnap.events.kafka.Records;
import dev.catnap.events.kafka.Topics;
import dev.catnap.testkit.docker.Workloads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * No request is lost: clients of four gateways against 20 real containers under a policy so eager
 * that every service sleeps, stops and wakes all the time, while the actuator, the policy and the
 * broker are each killed once and started again. Ends with exit code 1 when a request failed.
 */
public final class SoakBench {
  private static final int SERVICES = 20;
  private static final int GATEWAYS = 4;
  private static final int CLIENTS_EACH = 3;
  private static final Duration READY_WITHIN = Duration.ofSeconds(120);
  private static final long SEED = 20261128;

  private SoakBench() {}

  /**
   * @param args minutes, 10 when absent
   */
  public static void main(String[] args) throws Exception {
    Duration length =
        Duration.ofSeconds((long) (60 * (args.length > 0 ? Double.parseDouble(args[0]) : 10)));
    Path directory = Files.createTempDirectory("catnap-bench");
    boolean lost;
    try (RawEngine engine = RawEngine.local()) {
      Workload.removeAll(engine);
      try {
        lost = run(engine, directory, length);
      } finally {
        removeWorkloads();
      }
    }
    System.exit(lost ? 1 : 0);
  }

  /** The engine closes a connection that was idle for minutes. */
  private static void removeWorkloads() {
    try (RawEngine engine = RawEngine.local()) {
      Workload.removeAll(engine);
    }
  }

  private static boolean run(RawEngine engine, Path directory, Duration length) throws Exception {
    List<Workload> workloads = workloads(engine);
    int gatePort = Ports.free();
    try (Killable broker = Killable.broker(directory)) {
      String kafka = brokerAddress(broker);
      try (Killable actuator = actuator(directory, kafka);
          Killable policy = policy(directory, kafka);
          Killable ingest = ingest(directory, kafka, gatePort)) {
        awaitJoined(gatePort, workloads);
        boolean lost =
            soak(directory, gatePort, workloads, List.of(actuator, policy, broker), length);
        System.out.println("changes of state: " + changes(kafka));
        return lost;
      }
    }
  }

  private static List<Workload> workloads(RawEngine engine) {
    String image = Workloads.busyboxImage();
    List<Workload> workloads = new ArrayList<>();
    for (int i = 0; i < SERVICES; i++) {
      String name = "soak-" + i;
      Map<String, String> labels = new LinkedHashMap<>(Workload.managed(name, "1s"));
      labels.put("catnap.min-sleep-time", "0");
      labels.put("catnap.stop-after", "3s");
      workloads.add(Workload.start(engine, image, name, labels, Ports.free()));
    }
    return workloads;
  }

  private static String brokerAddress(Killable broker) throws Exception {
    long end = System.nanoTime() + READY_WITHIN.toNanos();
    while (System.nanoTime() < end) {
      if (Files.exists(broker.log())) {
        for (String line : Files.readAllLines(broker.log())) {
          if (line.startsWith(Broker.SAYS)) {
            return line.substring(Broker.SAYS.length());
          }
        }
      }
      Thread.sleep(Duration.ofMillis(100));
    }
    throw new IllegalStateException("no broker within " + READY_WITHIN + ", see " + broker.log());
  }

  private static Killable actuator(Path directory, String kafka) {
    return Killable.service(
        directory,
        "container-actuator",
        Ports.free(),
        List.of(
            "--catnap.kafka.bootstrap-servers=" + kafka,
            "--catnap.container-actuator.required-labels[" + Workload.LABEL + "]=true"));
  }

  private static Killable policy(Path directory, String kafka) {
    return Killable.service(
        directory,
        "policy-service",
        Ports.free(),
        List.of(
            "--catnap.kafka.bootstrap-servers=" + kafka,
            "--catnap.policy-service.state-directory=" + directory.resolve("streams")));
  }

  /** A broker that is killed takes some seconds to come back: nobody is sent away meanwhile. */
  private static Killable ingest(Path directory, String kafka, int port) {
    return Killable.service(
        directory,
        "activity-ingest",
        port,
        List.of(
            "--catnap.kafka.bootstrap-servers=" + kafka,
            "--catnap.activity-ingest.gate.broker-grace=30s"));
  }

  private static void awaitJoined(int gatePort, List<Workload> workloads) throws Exception {
    Requests requests = new Requests();
    long end = System.nanoTime() + READY_WITHIN.toNanos();
    for (Workload workload : workloads) {
      while (!requests.answers(
          "http://127.0.0.1:" + gatePort + "/gate/" + workload.name() + "?timeout=20s", 200)) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException(workload.name() + " did not join in time");
        }
        Thread.sleep(Duration.ofMillis(200));
      }
    }
  }

  private static boolean soak(
      Path directory, int gatePort, List<Workload> workloads, List<Killable> victims, Duration time)
      throws Exception {
    Map<String, String> backends = new LinkedHashMap<>();
    workloads.forEach(workload -> backends.put(workload.name(), workload.address()));
    List<Nginx> gateways = new ArrayList<>();
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < GATEWAYS; i++) {
      int port = Ports.free();
      gateways.add(
          Nginx.start(directory.resolve("nginx-" + i), port, backends, "127.0.0.1:" + gatePort)
              .awaitListening(port));
      addresses.add("http://127.0.0.1:" + port);
    }
    SoakClients clients =
        new SoakClients(addresses, List.copyOf(backends.keySet()), CLIENTS_EACH, SEED);
    Duration between = time.dividedBy(victims.size() + 1L);
    for (Killable victim : victims) {
      Thread.sleep(between);
      System.out.println(
          "killing "
              + victim.name()
              + " after "
              + clients.latencies().count()
              + " requests, "
              + clients.failures().size()
              + " failed");
      victim.killAndStart();
    }
    Thread.sleep(between);
    clients.close();
    gateways.forEach(Nginx::close);
    System.out.println(Latencies.header());
    System.out.println(clients.latencies().row("requests of " + time.toSeconds() + " s"));
    System.out.println(clients.failures().size() + " failed (aim 0)");
    return !clients.failures().isEmpty();
  }

  /** What happened to the services, from the log. */
  private static Map<RunState, Integer> changes(String kafka) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", kafka);
    Map<RunState, Integer> counts = new EnumMap<>(RunState.class);
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
      String topic = Topics.STATE_CHANGES.name();
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream()
          .anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
        ConsumerRecords<String, byte[]> records = consumer.poll(Duration.ofSeconds(1));
        for (ConsumerRecord<String, byte[]> record : records) {
          var change = Records.read(Topics.STATE_CHANGES, record);
          if (change != null) {
            counts.merge(change.to(), 1, Integer::sum);
          }
        }
      }
    }
    return counts;
  }
}
