package dev.catnap.allinone.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/**
 * The program that the sample services run: answers {@code /} and {@code /health}.
 *
 * <p>Uses the JDK alone, because its class file is all that the demo's image has besides a JRE.
 */
public final class DemoService {
  private static final int BACKLOG = 128;

  private DemoService() {}

  /**
   * Serves until the process ends.
   *
   * @param arguments the service's name and the port; a third, when there, is the address to bind
   */
  public static void main(String[] arguments) throws IOException {
    String name = arguments[0];
    int port = Integer.parseInt(arguments[1]);
    String bind = arguments.length > 2 ? arguments[2] : "0.0.0.0";
    HttpServer server = HttpServer.create(new InetSocketAddress(bind, port), BACKLOG);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/health", exchange -> answer(exchange, "ok\n"));
    server.createContext("/", exchange -> answer(exchange, "hello from " + name + "\n"));
    server.start();
  }

  private static void answer(HttpExchange exchange, String text) throws IOException {
    try (exchange) {
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
