package dev.catnap.allinone.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Clients that request in bursts with pauses in between, so that services fall asleep and are
 * woken. One client a service; the pauses are longer than a service's patience, some longer than
 * {@code stop_after}.
 */
final class Traffic implements AutoCloseable {
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(45);
  private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(200);
  private static final int LARGEST_BURST = 8;
  private static final int SHORTEST_PAUSE_MILLIS = 4_500;
  private static final int LONGEST_PAUSE_MILLIS = 12_000;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch end = new CountDownLatch(1);
  private final TrafficLog log = new TrafficLog();
  private final URI gateway;

  Traffic(URI gateway) {
    this.gateway = gateway;
  }

  /** Starts a client for each service. */
  void start(List<String> services) {
    for (String service : services) {
      // The same seed, the same traffic: two demos can be compared.
      Random random = new Random(service.hashCode());
      threads.execute(() -> requestUntilEnd(service, random));
    }
  }

  TrafficLog log() {
    return log;
  }

  private void requestUntilEnd(String service, Random random) {
    try {
      pause(random.nextInt(SHORTEST_PAUSE_MILLIS));
      while (end.getCount() > 0) {
        burst(service, 1 + random.nextInt(LARGEST_BURST));
        pause(random.nextInt(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void burst(String service, int requests) throws InterruptedException {
    for (int i = 0; i < requests && end.getCount() > 0; i++) {
      request(service);
      pause(BETWEEN_REQUESTS.toMillis());
    }
  }

  private void request(String service) throws InterruptedException {
    long start = System.nanoTime();
    try {
      int status =
          client
              .send(
                  HttpRequest.newBuilder(gateway.resolve("/" + service + "/"))
                      .timeout(REQUEST_TIMEOUT)
                      .build(),
                  BodyHandlers.discarding())
              .statusCode();
      log.answered(service, status, Duration.ofNanos(System.nanoTime() - start));
    } catch (IOException e) {
      log.failed(service, e.toString());
    }
  }

  /** Waits, but no longer than until the end. */
  private void pause(long millis) throws InterruptedException {
    boolean unused = end.await(millis, TimeUnit.MILLISECONDS);
  }

  /** Lets requests that are under way end, and sends no more. */
  @Override
  public void close() {
    end.countDown();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(REQUEST_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
    client.shutdownNow();
  }
}
