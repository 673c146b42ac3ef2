package dev.catnap.events;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to see that a started service answers.
 *
 * @param httpPath ready when a GET of this path on the service's port answers below 500
 * @param tcpPort ready when the container's own address accepts on this port
 * @param timeout how long a start may take until it counts as failed
 */
public record Readiness(@Nullable String httpPath, @Nullable Integer tcpPort, Duration timeout) {
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  /** HEALTHCHECK if the image has one, else the port accepts. */
  public static final Readiness DEFAULT = new Readiness(null, null, DEFAULT_TIMEOUT);

  public Readiness {
    if (httpPath != null && !httpPath.startsWith("/")) {
      throw new InvalidFieldException(
          "readiness.http", "must be a path that begins with '/'", httpPath);
    }
    if (tcpPort != null && (tcpPort < 1 || tcpPort > 65535)) {
      throw new InvalidFieldException("readiness.tcp", "must be a port, 1 to 65535", tcpPort);
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new InvalidFieldException("readiness.timeout", "must be longer than 0", timeout);
    }
  }
}
