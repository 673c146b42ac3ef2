package dev.catnap.bench;

import dev.catnap.testkit.docker.Workloads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * What the gate costs a service that is awake: wrk through nginx with the gate, through the same
 * nginx without it, and at the gate itself, in turn in the same run.
 *
 * <p>Behind nginx stands another nginx with a fixed answer, so that the service costs next to
 * nothing. Aims: p50 under 0.7 ms added; over 15000 requests a second, load and all on two cores.
 * Peer: Sablier with the service awake p50 1.54 ms, p99 4.94 ms, 5751 requests/s (docs).
 */
public final class GateBench {
  private static final String AWAKE = "bench-awake";
  private static final String PLAIN = "plain";
  private static final int WARM_UP_SECONDS = 10;
  private static final int[] CONNECTIONS = {1, 4, 64};

  private GateBench() {}

  /**
   * @param args seconds of each run, 10 when absent
   */
  public static void main(String[] args) throws Exception {
    int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 10;
    Path directory = Files.createTempDirectory("catnap-bench");
    int catnapPort = Ports.free();
    try (RawEngine engine = RawEngine.local()) {
      Workload.removeAll(engine);
      Workload.start(engine, Workloads.busyboxImage(), AWAKE, true);
      int answering = Ports.free();
      int gated = Ports.free();
      int plain = Ports.free();
      String gate = "127.0.0.1:" + catnapPort;
      String upstream = "127.0.0.1:" + answering;
      try (CatnapProcess catnap =
              CatnapProcess.up(directory.resolve("data"), catnapPort).awaitReady();
          Nginx fixed = Nginx.answering(directory.resolve("fixed"), answering);
          Nginx with =
              Nginx.start(directory.resolve("with"), gated, Map.of(AWAKE, upstream), gate);
          Nginx without =
              Nginx.start(directory.resolve("without"), plain, Map.of(PLAIN, upstream), null)) {
        awaitAwake("http://" + gate);
        run("http://127.0.0.1:" + gated, "http://127.0.0.1:" + plain, "http://" + gate, seconds);
      } finally {
        Workload.removeAll(engine);
      }
    }
  }

  private static void awaitAwake(String catnap) throws InterruptedException {
    Requests requests = new Requests();
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!requests.body(catnap + "/services/" + AWAKE + "/status").contains("RUNNING")) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(AWAKE + " did not join within 30 s");
      }
      Thread.sleep(Duration.ofMillis(100));
    }
  }

  private static void run(String gated, String plain, String gate, int seconds) throws Exception {
    Wrk.run(gated + "/", AWAKE, CONNECTIONS[CONNECTIONS.length - 1], WARM_UP_SECONDS);
    Wrk.run(gate + "/gate/" + AWAKE, AWAKE, CONNECTIONS[CONNECTIONS.length - 1], WARM_UP_SECONDS);
    System.out.println(Wrk.header());
    for (int connections : CONNECTIONS) {
      Wrk without = Wrk.run(plain + "/", PLAIN, connections, seconds);
      Wrk with = Wrk.run(gated + "/", AWAKE, connections, seconds);
      Wrk alone = Wrk.run(gate + "/gate/" + AWAKE, AWAKE, connections, seconds);
      String suffix = ", " + connections + (connections == 1 ? " connection" : " connections");
      System.out.println(without.row("nginx without the gate" + suffix));
      System.out.println(with.row("nginx with the gate" + suffix));
      System.out.println(alone.row("the gate itself" + suffix));
      System.out.printf(
          Locale.ROOT,
          "added p50 %.3f ms (aim under 0.7), requests a second %.2f of those without%n",
          with.p50Millis() - without.p50Millis(),
          with.requestsPerSecond() / without.requestsPerSecond());
    }
  }
}
