package dev.catnap.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;

/** People at gateways: each asks for some service, thinks for a while, and asks for another. */
final class SoakClients implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LONGEST_THOUGHT_MILLIS = 2_000;

  /** Keeps a service asked for in one go now and then, as a page with its pictures does. */
  private static final int MOST_IN_A_ROW = 4;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final Latencies latencies = new Latencies();
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean over;

  /**
   * @param gateways addresses; each gets {@code clientsEach}
   * @param services host names
   */
  SoakClients(List<String> gateways, List<String> services, int clientsEach, long seed) {
    for (String gateway : gateways) {
      for (int i = 0; i < clientsEach; i++) {
        Random random = new Random(seed + threads.size());
        threads.add(Thread.ofVirtual().start(() -> live(gateway, services, random)));
      }
    }
  }

  private void live(String gateway, List<String> services, Random random) {
    try {
      while (!over) {
        String service = services.get(random.nextInt(services.size()));
        int inARow = 1 + random.nextInt(MOST_IN_A_ROW);
        for (int i = 0; i < inARow && !over; i++) {
          ask(gateway, service);
        }
        Thread.sleep(random.nextInt(LONGEST_THOUGHT_MILLIS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void ask(String gateway, String service) throws InterruptedException {
    long start = System.nanoTime();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(gateway + "/"))
            .timeout(PATIENCE)
            .header("Host", service)
            .GET()
            .build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == 200 && answer.body().startsWith("ok")) {
        latencies.addNanos(System.nanoTime() - start);
      } else {
        failed(gateway, service, "answered " + answer.statusCode(), start);
      }
    } catch (IOException e) {
      failed(gateway, service, e.toString(), start);
    }
  }

  private void failed(String gateway, String service, String what, long start) {
    String failure =
        "FAILED %s %s at %s after %d ms: %s"
            .formatted(
                Instant.now(), service, gateway, (System.nanoTime() - start) / 1_000_000, what);
    failures.add(failure);
    System.out.println(failure);
  }

  Latencies latencies() {
    return latencies;
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  /** Lets everybody get the answer that he waits for. */
  @Override
  public void close() {
    over = true;
    try {
      for (Thread thread : threads) {
        thread.join(PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    client.close();
  }
}
