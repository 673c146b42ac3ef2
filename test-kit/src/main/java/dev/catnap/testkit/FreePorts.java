package dev.catnap.testkit;

import dev.catnap.embedded.FreePort;
import java.util.ArrayList;
import java.util.List;

/** Ports on 127.0.0.1 that nothing listens on, outside the range of outgoing connections. */
public final class FreePorts {

  private FreePorts() {}

  public static int one() {
    return FreePort.choose("127.0.0.1");
  }

  /** So many different ports. */
  public static List<Integer> many(int count) {
    List<Integer> ports = new ArrayList<>();
    while (ports.size() < count) {
      int port = one();
      if (!ports.contains(port)) {
        ports.add(port);
      }
    }
    return ports;
  }
}
