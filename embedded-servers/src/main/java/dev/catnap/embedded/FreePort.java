package dev.catnap.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Chooses TCP ports to listen on.
 *
 * <p>Ports come from 20000 to 29999, below the range from which Linux takes the source ports of
 * outgoing connections (32768 and up): else a client that retries while the server is stopped can
 * occupy the server's port, or even connect to itself.
 */
public final class FreePort {

  private static final int LOWEST = 20_000;
  private static final int COUNT = 10_000;
  private static final int ATTEMPTS = 1_000;

  private FreePort() {}

  /**
   * A port that nothing listens on at this moment.
   *
   * @throws EmbeddedServerException when none is found
   */
  public static int choose(String bindAddress) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = LOWEST + ThreadLocalRandom.current().nextInt(COUNT);
      if (isFree(bindAddress, port)) {
        return port;
      }
    }
    throw new EmbeddedServerException("No free port on " + bindAddress + " from 20000 to 29999.");
  }

  /** Whether a server could listen on the port at this moment. */
  public static boolean isFree(String bindAddress, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(bindAddress), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
