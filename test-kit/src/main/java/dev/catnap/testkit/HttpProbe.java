package dev.catnap.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks an HTTP server as a test sees it: any status is an answer, every call ends in 30 s. */
public final class HttpProbe implements AutoCloseable {

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration CALL_LIMIT = Duration.ofSeconds(30);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_LIMIT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final String base;

  /** What the server answered. */
  public record Answer(int status, java.net.http.HttpHeaders headers, String body) {

    /** The first value of a header, whatever its case. */
    public Optional<String> header(String name) {
      return headers.firstValue(name);
    }

    /** The body as JSON. */
    public JsonNode json() {
      return JSON.readTree(body);
    }
  }

  /**
   * @param base what every path is appended to, for example {@code http://127.0.0.1:9000}
   */
  public HttpProbe(String base) {
    this.base = base;
  }

  public Answer get(String path) {
    return send("GET", path, "", Map.of());
  }

  public Answer get(String path, Map<String, String> headers) {
    return send("GET", path, "", headers);
  }

  /** Posts JSON. */
  public Answer post(String path, String json) {
    return send("POST", path, json, Map.of("Content-Type", "application/json"));
  }

  public Answer post(String path, String body, String contentType) {
    return send("POST", path, body, Map.of("Content-Type", contentType));
  }

  /** Puts JSON. */
  public Answer put(String path, String json) {
    return send("PUT", path, json, Map.of("Content-Type", "application/json"));
  }

  public Answer delete(String path) {
    return send("DELETE", path, "", Map.of());
  }

  /**
   * Any method with any headers.
   *
   * @param body empty for none
   * @throws UncheckedIOException when there is no answer
   */
  public Answer send(String method, String path, String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(CALL_LIMIT)
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + base + path + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
