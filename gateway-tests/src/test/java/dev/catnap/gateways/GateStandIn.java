package dev.catnap.gateways;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers as Catnap's gate does, and holds requests for as long as the test wants. */
final class GateStandIn extends StandInServer {

  private final AtomicInteger held = new AtomicInteger();
  private volatile CountDownLatch hold = new CountDownLatch(0);
  private volatile int status = 200;

  GateStandIn(int port) {
    super(port);
  }

  /** From now on requests wait for {@link #release}. */
  void hold() {
    hold = new CountDownLatch(1);
  }

  void release() {
    hold.countDown();
  }

  int held() {
    return held.get();
  }

  /** From now on it answers so. */
  void answerWith(int newStatus) {
    status = newStatus;
  }

  @Override
  void forget() {
    super.forget();
    release();
    answerWith(200);
  }

  @Override
  void answer(HttpMessage request, InputStream in, OutputStream out) throws IOException {
    held.incrementAndGet();
    try {
      hold.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    } finally {
      held.decrementAndGet();
    }
    out.write(answer().getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private String answer() {
    return switch (status) {
      case 200 -> "HTTP/1.1 200 OK\r\nCatnap-State: RUNNING\r\nContent-Length: 0\r\n\r\n";
      case 404 -> problem("404 Not Found", "");
      default ->
          problem(
              "503 Service Unavailable",
              "Catnap-State: FAILED\r\nRetry-After: 7\r\nCache-Control: no-store\r\n");
    };
  }

  private static String problem(String statusLine, String headers) {
    String body = "{\"title\":\"from the gate\"}";
    return "HTTP/1.1 %s\r\n%sContent-Type: application/problem+json\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(statusLine, headers, body.length(), body);
  }
}
