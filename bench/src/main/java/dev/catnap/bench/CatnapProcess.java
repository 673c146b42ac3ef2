package dev.catnap.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Catnap as its users start it: {@code ./catnap up} in a process of its own. */
final class CatnapProcess implements AutoCloseable {
  private static final Duration READY_WITHIN = Duration.ofSeconds(120);
  private static final int STOP_WITHIN_SECONDS = 30;

  /** Labelled containers on this host that are not the benchmark's are left alone. */
  private static final String ONLY_OURS =
      "-Dcatnap.container-actuator.required-labels[" + Workload.LABEL + "]=true";

  private final Process process;
  private final List<String> output = new ArrayList<>();
  private final CountDownLatch ready = new CountDownLatch(1);
  private final long startedNanos = System.nanoTime();
  private volatile long readyNanos;

  private CatnapProcess(Process process) {
    this.process = process;
    Thread.ofVirtual().start(this::read);
  }

  static CatnapProcess up(Path data, int port, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of("./catnap", "up", "--data", data.toString(), "--port", Integer.toString(port)));
    command.addAll(List.of(more));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().merge("CATNAP_JAVA_OPTS", ONLY_OURS, (own, ours) -> own + " " + ours);
    return new CatnapProcess(builder.start());
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (output) {
          output.add(line);
        }
        if (line.startsWith("ready")) {
          readyNanos = System.nanoTime();
          ready.countDown();
        }
      }
    } catch (IOException e) {
      // The process ended.
    }
  }

  CatnapProcess awaitReady() throws InterruptedException {
    if (!ready.await(READY_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
      synchronized (output) {
        throw new IllegalStateException("not ready within " + READY_WITHIN + ": " + output);
      }
    }
    return this;
  }

  double secondsToReady() {
    return (readyNanos - startedNanos) / 1e9;
  }

  long pid() {
    return process.pid();
  }

  void killHard() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        killHard();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      killHard();
    }
  }
}
