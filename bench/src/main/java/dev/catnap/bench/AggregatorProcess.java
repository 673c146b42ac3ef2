package dev.catnap.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** metrics-aggregator in a JVM of its own, with little memory, so that what it takes is its own. */
final class AggregatorProcess implements AutoCloseable {
  private final Process process;
  private final int port;

  private AggregatorProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * @param log where its output goes
   */
  static AggregatorProcess start(String brokers, PostgresTarget database, Path log)
      throws IOException {
    int port = Ports.free();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.catnap.metrics.MetricsAggregatorApplication",
                "--catnap.port=" + port,
                "--catnap.kafka.bootstrap-servers=" + brokers,
                "--catnap.kafka.partitions=" + LogFiller.PARTITIONS,
                "--catnap.postgres.url=" + database.url(),
                "--catnap.postgres.user=" + database.user(),
                "--catnap.postgres.password=" + database.password(),
                "--catnap.metrics-aggregator.raw-retention=366d",
                "--catnap.metrics-aggregator.minute-retention=366d",
                "--catnap.metrics-aggregator.hour-retention=400d",
                "--catnap.metrics-aggregator.postgres.statement-timeout=600s"));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new AggregatorProcess(process, port);
  }

  String address() {
    return "http://127.0.0.1:" + port;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
