package dev.catnap.gateways;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.locks.LockSupport;

/**
 * A service behind a gateway: says its name and what it got, echoes on a WebSocket, and has an
 * endless stream of events and a slow download. In the test's process, or as the program of a
 * container; so it uses the JDK alone.
 */
final class ServiceStandIn extends StandInServer {

  /** The size of {@code /download}. */
  static final int DOWNLOAD_BYTES = 80 << 10;

  /** Of the body of a request, in the answer to it. */
  static final String DIGEST = "Body-Sha256";

  private static final int DOWNLOAD_STEPS = 40;
  private static final long STEP_NANOS = 200_000_000;
  private static final int NANOS_A_MILLI = 1_000_000;

  private final String name;

  ServiceStandIn(String name, int port) {
    super(port);
    this.name = name;
  }

  private ServiceStandIn(String name, String address, int port) {
    super(address, port);
    this.name = name;
  }

  /**
   * Serves until the process ends.
   *
   * @param arguments name, address and port
   */
  public static void main(String[] arguments) throws InterruptedException {
    new ServiceStandIn(arguments[0], arguments[1], Integer.parseInt(arguments[2])).start();
    Thread.currentThread().join();
  }

  @Override
  void answer(HttpMessage request, InputStream in, OutputStream out) throws IOException {
    if (request.header("Sec-WebSocket-Key").isPresent()) {
      echo(request, in, out);
      return;
    }
    switch (request.target()) {
      case "/events" -> events(out);
      case "/download" -> download(out);
      default ->
          send(
              out,
              "HTTP/1.1 200 OK\r\n%s: %s\r\nContent-Length: %d\r\n\r\n%s"
                  .formatted(DIGEST, sha256(request.body()), name.length(), name));
    }
  }

  /** In hexadecimal digits. */
  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An event a second, far below what counts as traffic; until the other end is gone. */
  private static void events(OutputStream out) throws IOException {
    send(
        out,
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int number = 1; ; number++) {
      String event = "data: %d\n\n".formatted(number);
      send(out, "%x\r\n%s\r\n".formatted(event.length(), event));
      pause(5 * STEP_NANOS);
    }
  }

  /** Some 10 KB/s. */
  private static void download(OutputStream out) throws IOException {
    send(out, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n".formatted(DOWNLOAD_BYTES));
    for (int step = 0; step < DOWNLOAD_STEPS; step++) {
      send(out, "x".repeat(DOWNLOAD_BYTES / DOWNLOAD_STEPS));
      pause(STEP_NANOS);
    }
  }

  /** What these two do all the time is to take time. */
  private static void pause(long nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(Math.max(NANOS_A_MILLI, end - System.nanoTime()));
    }
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
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
    send(out, answer);
    while (true) {
      WebSocketFrame.write(out, WebSocketFrame.read(in), false);
    }
  }
}
