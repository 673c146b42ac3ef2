package dev.catnap.policy.rules;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Connections that stay open for long, such as WebSockets and server-sent events, whose requests
 * were seen once and whose end nobody tells.
 *
 * @param connections established from outside, all containers, idle ones of gateways too; null: not
 *     known
 * @param open since the service runs a tunnel was seen to open, and it is open still, or is not
 *     known to be closed
 * @param until as long as this is to be believed without another look; null: not open
 * @param closedAt when the last one closed, as far as was seen; null: none did
 */
public record Tunnels(
    @Nullable Integer connections,
    boolean open,
    @Nullable Instant until,
    @Nullable Instant closedAt) {
  /** None was seen. */
  public static final Tunnels NONE = new Tunnels(null, false, null, null);
}
