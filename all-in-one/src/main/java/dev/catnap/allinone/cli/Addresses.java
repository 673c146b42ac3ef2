package dev.catnap.allinone.cli;

import java.net.URI;

/** Addresses to listen on, and how to reach them from this host. */
public final class Addresses {
  private Addresses() {}

  /** The URL at which a server that listens on {@code bind} is reached from this host. */
  public static URI url(String bind, int port) {
    return URI.create("http://" + reachable(bind) + ":" + port);
  }

  private static String reachable(String bind) {
    return switch (bind) {
      case "0.0.0.0", "", "*" -> "127.0.0.1";
      case "::" -> "[::1]";
      default -> bind.contains(":") && !bind.startsWith("[") ? "[" + bind + "]" : bind;
    };
  }
}
