package dev.catnap.allinone.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A real, small gateway: for each request it asks Catnap's gate, which answers once the service can
 * take it, and then forwards to the service. What nginx does with {@code auth_request}.
 */
final class DemoGateway implements AutoCloseable {
  private static final Duration GATE_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration SERVICE_TIMEOUT = Duration.ofSeconds(10);
  private static final int BACKLOG = 512;

  private final URI catnap;
  private final Map<String, Integer> ports;
  private final HttpClient client;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  private DemoGateway(URI catnap, Map<String, Integer> ports, HttpServer server) {
    this.catnap = catnap;
    this.ports = ports;
    this.server = server;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .executor(threads)
            .build();
  }

  /**
   * Listens on a free port of the loopback address.
   *
   * @param ports where each service listens on this host
   */
  static DemoGateway start(URI catnap, Map<String, Integer> ports) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    DemoGateway gateway = new DemoGateway(catnap, Map.copyOf(ports), server);
    server.setExecutor(gateway.threads);
    server.createContext("/", gateway::handle);
    server.start();
    return gateway;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String[] path = exchange.getRequestURI().getPath().split("/", 3);
      Integer port = path.length > 1 ? ports.get(path[1]) : null;
      if (port == null) {
        answer(exchange, 404, "no such service\n".getBytes(StandardCharsets.UTF_8));
        return;
      }
      String rest = path.length > 2 ? path[2] : "";
      HttpResponse<byte[]> response =
          throughGate(path[1], URI.create("http://127.0.0.1:" + port + "/" + rest));
      answer(exchange, response.statusCode(), response.body());
    } catch (IOException | IllegalArgumentException e) {
      answer(exchange, 502, (e + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpResponse<byte[]> throughGate(String service, URI target)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> gate =
        get(
            catnap.resolve("/gate/" + service + "?timeout=" + GATE_TIMEOUT.toSeconds() + "s"),
            GATE_TIMEOUT.plusSeconds(5));
    return gate.statusCode() == 200 ? get(target, SERVICE_TIMEOUT) : gate;
  }

  private HttpResponse<byte[]> get(URI uri, Duration timeout)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(uri).timeout(timeout).build(), BodyHandlers.ofByteArray());
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    client.shutdownNow();
    threads.shutdownNow();
  }
}
