package dev.catnap.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * HTTP as the benchmarks need it: keep-alive, bounded, failing on anything but the status expected.
 */
final class Requests {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  static {
    // The gateway tells services apart by host name.
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
  }

  String get(String url, @Nullable String host, int expected) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).GET();
    if (host != null) {
      request.header("Host", host);
    }
    return send(request.build(), expected);
  }

  /** False also where nobody listens. */
  boolean answers(String url, int expected) {
    try {
      get(url, null, expected);
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  /** Whatever the status. */
  String body(String url) {
    return send(HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).GET().build(), -1);
  }

  String post(String url, int expected) {
    return send(
        HttpRequest.newBuilder(URI.create(url))
            .timeout(TIMEOUT)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build(),
        expected);
  }

  private String send(HttpRequest request, int expected) {
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (expected >= 0 && response.statusCode() != expected) {
        throw new IllegalStateException(
            request.method()
                + " "
                + request.uri()
                + " answered "
                + response.statusCode()
                + ": "
                + response.body());
      }
      return response.body();
    } catch (IOException e) {
      throw new IllegalStateException(request.method() + " " + request.uri() + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
