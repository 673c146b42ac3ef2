package dev.catnap.gateways;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A service behind a gateway: says its name, and echoes on a WebSocket. */
final class ServiceStandIn extends StandInServer {

  private final String name;

  ServiceStandIn(String name, int port) {
    super(port);
    this.name = name;
  }

  @Override
  void answer(HttpMessage request, InputStream in, OutputStream out) throws IOException {
    if (request.header("Sec-WebSocket-Key").isPresent()) {
      echo(request, in, out);
      return;
    }
    String answer =
        "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s".formatted(name.length(), name);
    out.write(answer.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static void echo(HttpMessage request, InputStream in, OutputStream out)
      throws IOException {
    String answer =
        """
        HTTP/1.1 101 Switching Protocols\r
        Connection: Upgrade\r
        Upgrade: websocket\r
        Sec-WebSocket-Accept: %s\r
        \r
        """
            .formatted(WebSocketFrame.accept(request.headers().get("Sec-WebSocket-Key")));
    out.write(answer.getBytes(StandardCharsets.US_ASCII));
    out.flush();
    while (true) {
      WebSocketFrame.write(out, WebSocketFrame.read(in), false);
    }
  }
}
