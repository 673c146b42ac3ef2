package dev.catnap.ingest.gate.http;

import dev.catnap.ingest.gate.Caller;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The request behind a gateway's question. Its path is what the gateway says in {@code
 * X-Forwarded-Uri} (Caddy, Traefik) or {@code X-Original-URI} (nginx), or what it appends to the
 * service's name.
 */
record HttpCaller(HttpServletRequest request) implements Caller {
  @Override
  public @Nullable String header(String name) {
    return request.getHeader(name);
  }

  @Override
  public @Nullable String path() {
    String uri = uri();
    return uri == null ? appended(request.getPathInfo()) : pathOf(uri);
  }

  /** What was asked for, with its query; null: the gateway does not say. */
  @Nullable String uri() {
    String forwarded = header("X-Forwarded-Uri");
    return forwarded == null ? header("X-Original-URI") : forwarded;
  }

  private static String pathOf(String uri) {
    int query = uri.indexOf('?');
    return query < 0 ? uri : uri.substring(0, query);
  }

  private static @Nullable String appended(@Nullable String pathInfo) {
    int slash = pathInfo == null ? -1 : pathInfo.indexOf('/', 1);
    return pathInfo == null || slash < 0 ? null : pathInfo.substring(slash);
  }
}
