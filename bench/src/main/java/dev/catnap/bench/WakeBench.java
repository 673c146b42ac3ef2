package dev.catnap.bench;

import dev.catnap.testkit.docker.Workloads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The first request to something asleep: GETs through a real nginx to paused containers, against
 * raw unpauses through the engine's socket, taken in turn in the same run. Beside them raw unpauses
 * with a GET through an nginx without the gate behind each: less than that is not to be had.
 *
 * <p>Aims: one alone p50 within 1.6 times the raw unpause and p99 under 50 ms; 100 at once within
 * 1.3 times the raw engine's total.
 */
public final class WakeBench {
  private static final String ASLEEP = "bench-asleep-";
  private static final String RAW = "bench-raw-";
  private static final int WARM_UP = 20;

  /**
   * Nobody asks for something in the moment it fell asleep: the actuator looks after it, and it is
   * being written down. Both sides rest alike.
   */
  private static final Duration REST = Duration.ofMillis(500);

  /** For many at once, whose falling asleep takes longer. */
  private static final Duration LONG_REST = Duration.ofSeconds(3);

  private WakeBench() {}

  /**
   * @param args trials with one service, 100 when absent; then how many at once in further runs, 10
   *     and 100 when absent, each with a tenth of the trials, at least 5
   */
  public static void main(String[] args) throws Exception {
    int trials = args.length > 0 ? Integer.parseInt(args[0]) : 100;
    List<Integer> many =
        args.length > 1
            ? Arrays.stream(args).skip(1).map(Integer::valueOf).toList()
            : List.of(10, 100);
    int most = Math.max(1, many.stream().mapToInt(Integer::intValue).max().orElse(1));
    String image = Workloads.busyboxImage();
    Path directory = Files.createTempDirectory("catnap-bench");
    int catnapPort = Ports.free();
    int nginxPort = Ports.free();
    int plainPort = Ports.free();
    try (RawEngine engine = RawEngine.local()) {
      Workload.removeAll(engine);
      List<Workload> raw = start(engine, image, RAW, most, false);
      List<Workload> asleep = start(engine, image, ASLEEP, most, true);
      try (CatnapProcess catnap =
              CatnapProcess.up(directory.resolve("data"), catnapPort).awaitReady();
          Nginx nginx =
              Nginx.start(
                  directory.resolve("nginx"),
                  nginxPort,
                  backends(asleep),
                  "127.0.0.1:" + catnapPort);
          Nginx plain = Nginx.start(directory.resolve("plain"), plainPort, backends(raw), null)) {
        Wakes wakes = new Wakes("http://127.0.0.1:" + catnapPort, "http://127.0.0.1:" + nginxPort);
        System.out.println(Latencies.header());
        String ungated = "http://127.0.0.1:" + plainPort;
        run(engine, wakes, ungated, raw.subList(0, 1), asleep.subList(0, 1), trials);
        wakes.printStages();
        for (int count : many) {
          run(
              engine,
              wakes,
              ungated,
              raw.subList(0, count),
              asleep.subList(0, count),
              Math.max(5, trials / 10));
        }
      } finally {
        Workload.removeAll(engine);
      }
    }
  }

  private static List<Workload> start(
      RawEngine engine, String image, String prefix, int count, boolean managed) {
    List<Workload> started = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      started.add(Workload.start(engine, image, prefix + i, managed));
    }
    return started;
  }

  private static Map<String, String> backends(List<Workload> workloads) {
    Map<String, String> backends = new LinkedHashMap<>();
    workloads.forEach(workload -> backends.put(workload.name(), workload.address()));
    return backends;
  }

  private static void run(
      RawEngine engine,
      Wakes wakes,
      String ungated,
      List<Workload> raw,
      List<Workload> asleep,
      int trials)
      throws InterruptedException {
    Requests plain = new Requests();
    Latencies unpauses = new Latencies();
    Latencies served = new Latencies();
    Latencies requests = new Latencies();
    int warmUp = Math.min(WARM_UP, trials);
    Duration rest = raw.size() == 1 ? REST : LONG_REST;
    try (RawUnpauses rawUnpauses = new RawUnpauses(engine, raw, rest)) {
      for (int trial = -warmUp; trial < trials; trial++) {
        long unpause = rawUnpauses.nanos();
        long answer = rawUnpauses.nanos(one -> plain.get(ungated + "/", one.name(), 200));
        long wake = wakes.nanos(asleep, rest);
        if (trial >= 0) {
          unpauses.addNanos(unpause);
          served.addNanos(answer);
          requests.addNanos(wake);
        }
      }
    }
    int count = raw.size();
    System.out.println(unpauses.row(count + " raw, engine's socket"));
    System.out.println(served.row(count + " raw, then GET through nginx"));
    System.out.println(requests.row(count + " GET through nginx, asleep"));
    System.out.printf(
        Locale.ROOT,
        "%d at once: ratio of the medians %.2f (aim %s), to those with a GET %.2f, p99 %.1f ms%s%n",
        count,
        requests.p50() / unpauses.p50(),
        count == 1 ? "1.60" : "1.30 for 100",
        requests.p50() / served.p50(),
        requests.p99(),
        count == 1 ? " (aim under 50)" : "");
  }
}
