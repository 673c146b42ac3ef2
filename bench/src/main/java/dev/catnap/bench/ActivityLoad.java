package dev.catnap.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Deliveries of activity over HTTP at a steady rate, for a bounded time. */
final class ActivityLoad {
  private static final int EVENTS = 100;

  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpRequest request;
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();

  /**
   * @param address such as {@code http://127.0.0.1:9001}
   * @param services how many service names take turns
   */
  ActivityLoad(String address, int services) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < EVENTS; i++) {
      body.append("{\"service\":\"load-").append(i % services).append("\"}\n");
    }
    request =
        HttpRequest.newBuilder(URI.create(address + "/activity"))
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", "application/x-ndjson")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
  }

  /** Delivers {@code eventsPerSecond} for {@code seconds}, and tells what became of it. */
  String run(int eventsPerSecond, int seconds) throws InterruptedException {
    long pauseNanos = 1_000_000_000L * EVENTS / eventsPerSecond;
    long next = System.nanoTime();
    long end = next + seconds * 1_000_000_000L;
    while (next < end) {
      deliver();
      next += pauseNanos;
      long rest = next - System.nanoTime();
      if (rest > 0) {
        Thread.sleep(Duration.ofNanos(rest));
      }
    }
    return accepted + " events accepted, " + failed + " deliveries failed";
  }

  private void deliver() throws InterruptedException {
    try {
      if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 202) {
        accepted.addAndGet(EVENTS);
      } else {
        failed.incrementAndGet();
      }
    } catch (IOException e) {
      failed.incrementAndGet();
    }
  }
}
