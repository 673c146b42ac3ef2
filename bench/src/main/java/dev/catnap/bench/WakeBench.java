package dev.catnap.bench;

import dev.catnap.events.json.Json;
import dev.catnap.testkit.docker.Workloads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The first request to something asleep: a GET through a real nginx to a paused container, against
 * a raw unpause through the engine's socket, taken in turn in the same run.
 *
 * <p>Aim: p50 within 2 times the raw unpause, p99 under 80 ms.
 */
public final class WakeBench {
  private static final String ASLEEP = "bench-asleep";
  private static final String RAW = "bench-raw";
  private static final int WARM_UP = 20;
  private static final Duration REST = Duration.ofMillis(100);

  private WakeBench() {}

  /**
   * @param args number of trials, 200 when absent
   */
  public static void main(String[] args) throws Exception {
    int trials = args.length > 0 ? Integer.parseInt(args[0]) : 200;
    String image = Workloads.busyboxImage();
    Path directory = Files.createTempDirectory("catnap-bench");
    int catnapPort = Ports.free();
    int nginxPort = Ports.free();
    try (RawEngine engine = RawEngine.local()) {
      Workload.removeAll(engine);
      Workload raw = Workload.start(engine, image, RAW, false);
      Workload asleep = Workload.start(engine, image, ASLEEP, true);
      try (CatnapProcess catnap =
              CatnapProcess.up(directory.resolve("data"), catnapPort).awaitReady();
          Nginx nginx =
              Nginx.start(
                  directory.resolve("nginx"),
                  nginxPort,
                  Map.of(ASLEEP, asleep.address()),
                  "127.0.0.1:" + catnapPort)) {
        run(engine, raw, "http://127.0.0.1:" + catnapPort, "http://127.0.0.1:" + nginxPort, trials);
      } finally {
        Workload.removeAll(engine);
      }
    }
  }

  private static void run(RawEngine engine, Workload raw, String catnap, String gateway, int trials)
      throws InterruptedException {
    Requests requests = new Requests();
    Latencies unpauses = new Latencies();
    Latencies wakes = new Latencies();
    for (int trial = -WARM_UP; trial < trials; trial++) {
      long unpause = unpause(engine, raw);
      long wake = wake(requests, catnap, gateway);
      if (trial >= 0) {
        unpauses.addNanos(unpause);
        wakes.addNanos(wake);
      }
    }
    System.out.println(Latencies.header());
    System.out.println(unpauses.row("raw unpause, engine's socket"));
    System.out.println(wakes.row("GET through nginx, asleep"));
    System.out.printf(
        Locale.ROOT,
        "ratio p50 %.2f (aim 2.00 or less), p99 %.1f ms (aim under 80, never 200)%n",
        wakes.p50() / unpauses.p50(),
        wakes.p99());
    printStages(requests.get(catnap + "/metrics/performance?window=1h", null, 200));
  }

  /** Nothing is woken in the very moment it fell asleep; both sides rest equally. */
  private static void rest() throws InterruptedException {
    Thread.sleep(REST);
  }

  private static long unpause(RawEngine engine, Workload raw) throws InterruptedException {
    raw.pause(engine);
    rest();
    long start = System.nanoTime();
    raw.unpause(engine);
    return System.nanoTime() - start;
  }

  private static long wake(Requests requests, String catnap, String gateway)
      throws InterruptedException {
    requests.post(catnap + "/services/" + ASLEEP + "/sleep?wait=10s", 200);
    rest();
    long start = System.nanoTime();
    requests.get(gateway + "/", ASLEEP, 200);
    return System.nanoTime() - start;
  }

  private static void printStages(String performance) {
    JsonNode stages = Json.MAPPER.readTree(performance).at("/stagesMillis");
    System.out.println("stages of the wakes as recorded: " + stages);
  }
}
