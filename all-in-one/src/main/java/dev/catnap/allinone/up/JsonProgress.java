package dev.catnap.allinone.up;

import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Progress for a program: one JSON object a line. */
public final class JsonProgress implements Progress {
  private final PrintWriter out;
  private final InstantSource clock;

  public JsonProgress(PrintWriter out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
  }

  @Override
  public void info(String part, String text) {
    line(part, "info", Map.of("text", text));
  }

  @Override
  public void up(String part, Duration took, String text) {
    line(part, "up", Map.of("tookMillis", took.toMillis(), "text", text));
  }

  @Override
  public void ready(URI address, Duration took) {
    line(
        "everything",
        "ready",
        Map.of("address", address.toString(), "tookMillis", took.toMillis()));
  }

  private void line(String part, String event, Map<String, Object> more) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("at", clock.instant().toString());
    line.put("event", event);
    line.put("part", part);
    line.putAll(more);
    synchronized (out) {
      out.println(JsonMapper.shared().writeValueAsString(line));
      out.flush();
    }
  }
}
