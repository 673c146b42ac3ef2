package dev.catnap.allinone.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Talks to a running Catnap.
 *
 * <p>HttpURLConnection, because a command must answer at once: the newer client takes a tenth of a
 * second more to load.
 */
public final class ApiClient {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final URI base;

  public ApiClient(URI base) {
    this.base = base;
  }

  /**
   * An answer of the API.
   *
   * @param text the body as it came
   */
  public record Answer(int status, String text) {
    public boolean isSuccess() {
      return status >= 200 && status < 300;
    }

    /** The body as JSON; a missing node when it is something else. */
    public JsonNode json() {
      try {
        return JSON.readTree(text);
      } catch (JacksonException notJson) {
        return JSON.missingNode();
      }
    }

    /** What a problem detail says, else the status. */
    public String problem() {
      String detail = json().path("detail").asString("");
      return detail.isEmpty() ? "HTTP status " + status : detail;
    }
  }

  public URI base() {
    return base;
  }

  public Answer get(String path) {
    return send("GET", path, ANSWER_TIMEOUT);
  }

  public Answer post(String path, Duration timeout) {
    return send("POST", path, timeout);
  }

  /** With a body, in UTF-8. */
  public Answer post(String path, String body, String contentType, Duration timeout) {
    return send(
        "POST", path, timeout, new Body(body.getBytes(StandardCharsets.UTF_8), contentType));
  }

  public Answer delete(String path, Duration timeout) {
    return send("DELETE", path, timeout);
  }

  /** A path segment that may hold anything a person types. */
  public static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private record Body(byte[] bytes, String contentType) {}

  private Answer send(String method, String path, Duration timeout) {
    return send(method, path, timeout, null);
  }

  private Answer send(String method, String path, Duration timeout, @Nullable Body body) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(base + path).toURL().openConnection();
      connection.setRequestMethod(method);
      connection.setRequestProperty("Accept", "application/json");
      connection.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
      connection.setReadTimeout((int) timeout.toMillis());
      if (body != null) {
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", body.contentType() + "; charset=utf-8");
        try (OutputStream out = connection.getOutputStream()) {
          out.write(body.bytes());
        }
      }
      return new Answer(connection.getResponseCode(), body(connection));
    } catch (IOException | ClassCastException | IllegalArgumentException e) {
      throw new CommandFailedException(
          "no Catnap answers at "
              + base
              + " ("
              + e.getMessage()
              + "). Start one with ./catnap up, or say where it is with --url.",
          e);
    }
  }

  private static String body(HttpURLConnection connection) throws IOException {
    try (InputStream body =
        connection.getResponseCode() >= 400
            ? connection.getErrorStream()
            : connection.getInputStream()) {
      return body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
