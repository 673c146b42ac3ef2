package dev.catnap.cost.budget.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Posts alerts; anything but 2xx within ten seconds is a failure. */
public final class Webhook implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(LIMIT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * @param id in {@code Idempotency-Key}, so that the receiver can tell a repetition
   * @throws IOException when it was not taken
   */
  public void post(String address, String id, String payload)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .timeout(LIMIT)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", id)
            .POST(HttpRequest.BodyPublishers.ofString(payload))
            .build();
    int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status / 100 != 2) {
      throw new IOException("answered " + status);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
