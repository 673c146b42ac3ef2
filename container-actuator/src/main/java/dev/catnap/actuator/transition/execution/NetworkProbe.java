package dev.catnap.actuator.transition.execution;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One look at whether something listens; a plain socket, because it is one line of HTTP. */
final class NetworkProbe {
  private static final int CONNECT_WITHIN_MILLIS = 500;
  private static final int ANSWER_WITHIN_MILLIS = 2000;
  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})(?: .*)?");

  private NetworkProbe() {}

  static boolean accepts(String address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), CONNECT_WITHIN_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether a GET is answered with a status below 500. */
  static boolean answers(String address, int port, String path) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), CONNECT_WITHIN_MILLIS);
      socket.setSoTimeout(ANSWER_WITHIN_MILLIS);
      String request =
          "GET "
              + path
              + " HTTP/1.1\r\nHost: "
              + address
              + ":"
              + port
              + "\r\nUser-Agent: catnap-readiness\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      Matcher status = STATUS_LINE.matcher(String.valueOf(answer.readLine()));
      return status.matches() && Integer.parseInt(status.group(1)) < 500;
    } catch (IOException e) {
      return false;
    }
  }
}
