package dev.catnap.ingest.gate;

import dev.catnap.events.ActivityKind;
import org.jspecify.annotations.Nullable;

/**
 * What kind of use a request is.
 *
 * <pre>
 *   Upgrade or X-Forwarded-Upgrade, but h2c   connection: a WebSocket or another tunnel
 *   Accept begins with text/event-stream      connection: server-sent events
 *   anything else                             request; so is what would take a stream as well,
 *                                             such as a call of an MCP client
 * </pre>
 */
public final class Kinds {
  private static final String EVENTS = "text/event-stream";

  private Kinds() {}

  public static ActivityKind of(Caller caller) {
    return isTunnel(caller.header("Upgrade"))
            || isTunnel(caller.header("X-Forwarded-Upgrade"))
            || isForEvents(caller.header("Accept"))
        ? ActivityKind.CONNECTION
        : ActivityKind.REQUEST;
  }

  private static boolean isTunnel(@Nullable String upgrade) {
    return upgrade != null && !upgrade.isBlank() && !upgrade.startsWith("h2c");
  }

  private static boolean isForEvents(@Nullable String accept) {
    return accept != null && accept.regionMatches(true, 0, EVENTS, 0, EVENTS.length());
  }
}
