package dev.catnap.gateways;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One connection of one client, replaced only where the gateway had ended it while it was idle:
 * what is cut off fails.
 */
final class ClientConnection implements AutoCloseable {

  /** Longer than any hold of a test, even on a busy machine. */
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

  private final int port;
  private Socket socket;
  private InputStream in;
  private OutputStream out;

  ClientConnection(int port) {
    this.port = port;
    connect();
  }

  private void connect() {
    try {
      socket = new Socket();
      socket.connect(new InetSocketAddress("127.0.0.1", port), (int) ANSWER_LIMIT.toMillis());
      socket.setSoTimeout((int) ANSWER_LIMIT.toMillis());
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream());
      out = socket.getOutputStream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A gateway may end a connection that was idle for some seconds; clients open another then. */
  private void stillOpen() {
    try {
      socket.setSoTimeout(1);
      in.mark(1);
      if (in.read() < 0) {
        socket.close();
        connect();
      } else {
        in.reset();
      }
    } catch (SocketTimeoutException e) {
      // Open, and nothing to read: as it should be.
    } catch (IOException e) {
      connect();
    }
    try {
      socket.setSoTimeout((int) ANSWER_LIMIT.toMillis());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  HttpMessage get(String host, String target) {
    stillOpen();
    send("GET", host, target, "");
    return answer();
  }

  HttpMessage post(String host, String target, byte[] body) {
    stillOpen();
    send("POST", host, target, "Content-Length: %d\r\n".formatted(body.length));
    write(body);
    return answer();
  }

  /**
   * Asks and does not wait.
   *
   * @param headers whole lines with their ends
   */
  void send(String method, String host, String target, String headers) {
    String agent = headers.contains("User-Agent:") ? "" : "User-Agent: catnap-test/1\r\n";
    String request =
        "%s %s HTTP/1.1\r\nHost: %s\r\n%s%s\r\n".formatted(method, target, host, agent, headers);
    write(request.getBytes(StandardCharsets.US_ASCII));
  }

  HttpMessage answer() {
    try {
      return HttpMessage.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The beginning of an answer that may have no end. */
  HttpMessage head() {
    try {
      return HttpMessage.readHead(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next event of a stream, once it comes. */
  String event() {
    try {
      String line = HttpMessage.line(in);
      while (!line.startsWith("data: ")) {
        line = HttpMessage.line(in);
      }
      return line.substring("data: ".length());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks for a WebSocket and does not wait. */
  void sendUpgrade(String host, String target) {
    String headers =
        """
        Connection: Upgrade\r
        Upgrade: websocket\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        """;
    send("GET", host, target, headers);
  }

  /** What comes back of a text of at most 125 characters, once the WebSocket is open. */
  String echo(String text) {
    try {
      WebSocketFrame.write(out, text, true);
      return WebSocketFrame.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(byte[] bytes) {
    try {
      out.write(bytes);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
