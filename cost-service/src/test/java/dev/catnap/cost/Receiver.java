package dev.catnap.cost;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A webhook's other end: refuses the first few posts, then takes them. */
final class Receiver implements AutoCloseable {
  private final HttpServer server;
  private final int refuse;
  private final AtomicInteger refused = new AtomicInteger();
  private final List<String> taken = new CopyOnWriteArrayList<>();

  Receiver(int refuse) throws IOException {
    this.refuse = refuse;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    int status = 204;
    if (refused.get() < refuse) {
      refused.incrementAndGet();
      status = 500;
    } else {
      taken.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/alerts";
  }

  /** Ids of alerts taken, in order. */
  List<String> taken() {
    return taken;
  }

  int refused() {
    return refused.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
