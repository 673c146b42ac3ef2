package dev.catnap.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpProbeTest {

  private final int port = FreePorts.one();
  private HttpServer server;

  @BeforeEach
  void startEcho() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().add("X-Method", exchange.getRequestMethod());
          exchange.sendResponseHeaders(418, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stopEcho() {
    server.stop(0);
  }

  @Test
  void every_status_is_an_answer() {
    try (HttpProbe probe = new HttpProbe("http://127.0.0.1:" + port)) {
      assertThat(probe.post("/echo", "{\"n\":1}").json().path("n").asInt()).isEqualTo(1);
      assertThat(probe.put("/echo", "{}").header("x-method")).contains("PUT");
      assertThat(probe.delete("/echo").header("x-method")).contains("DELETE");
      assertThat(probe.get("/echo").status()).isEqualTo(418);
    }
  }
}
