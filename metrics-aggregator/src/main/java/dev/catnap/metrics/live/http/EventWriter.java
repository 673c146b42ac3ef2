package dev.catnap.metrics.live.http;

import dev.catnap.metrics.live.Audience.Listener;
import dev.catnap.metrics.live.LiveEvent;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;

/** Writes events until the client is gone, or is let go. */
final class EventWriter {
  /** So soon it is seen that the service stops. */
  private static final Duration GLANCE = Duration.ofSeconds(1);

  private final HttpServletResponse response;
  private final Writer writer;
  private final JsonMapper json;
  private final Duration heartbeat;
  private long wroteAtNanos = System.nanoTime();

  EventWriter(HttpServletResponse response, JsonMapper json, Duration heartbeat)
      throws IOException {
    this.response = response;
    this.writer = response.getWriter();
    this.json = json;
    this.heartbeat = heartbeat;
  }

  void write(Listener listener) throws IOException, InterruptedException {
    send("retry: 3000\n: welcome\n\n");
    if (!listener.isResumed()) {
      send("event: reset\ndata: {\"reason\":\"what came after Last-Event-ID is not kept\"}\n\n");
    }
    while (!listener.isOver()) {
      LiveEvent event = listener.next(shorter(GLANCE, heartbeat));
      if (event != null) {
        send(text(event));
      } else if (System.nanoTime() - wroteAtNanos >= heartbeat.toNanos()) {
        send(": heartbeat\n\n");
      }
    }
    if (listener.isDropped()) {
      send("event: dropped\ndata: {\"reason\":\"too slow\"}\n\n");
    }
  }

  private String text(LiveEvent event) {
    return "id: "
        + event.id()
        + "\nevent: "
        + event.kind()
        + "\ndata: "
        + json.writeValueAsString(event.data())
        + "\n\n";
  }

  /** A client that is gone makes this fail, one that does not read after the server's timeout. */
  private void send(String text) throws IOException {
    writer.write(text);
    response.flushBuffer();
    wroteAtNanos = System.nanoTime();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
