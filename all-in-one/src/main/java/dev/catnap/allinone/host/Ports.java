package dev.catnap.allinone.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;

/** TCP ports of this host. */
public final class Ports {
  private Ports() {}

  /** Why nobody could listen there at this moment; null when one could. */
  public static @Nullable String problem(String bind, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(bind), port));
      return null;
    } catch (IOException | IllegalArgumentException e) {
      return e.getMessage() == null ? e.toString() : e.getMessage();
    }
  }
}
