package dev.catnap.bench;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The Docker engine through its socket with nothing in between: one kept-alive connection, one
 * request at a time. What Catnap can at best be as fast as.
 */
final class RawEngine implements AutoCloseable {
  /**
   * @param status HTTP status
   * @param body the whole body
   */
  record Answer(int status, String body) {}

  private final SocketChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(64 << 10).flip();

  RawEngine(Path socket) {
    try {
      channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      throw new UncheckedIOException("no Docker engine at " + socket, e);
    }
  }

  static RawEngine local() {
    return new RawEngine(Path.of("/var/run/docker.sock"));
  }

  /** A POST that must end in 2xx or 304. */
  Answer post(String path, String json) {
    Answer answer = exchange("POST", path, json);
    if (answer.status() >= 400) {
      throw new IllegalStateException("POST " + path + " answered " + answer);
    }
    return answer;
  }

  Answer exchange(String method, String path, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    String head =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: docker\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    try {
      ByteBuffer out = ByteBuffer.allocate(head.length() + body.length);
      out.put(head.getBytes(StandardCharsets.US_ASCII)).put(body).flip();
      while (out.hasRemaining()) {
        channel.write(out);
      }
      return readAnswer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Answer readAnswer() throws IOException {
    int status = Integer.parseInt(readLine().split(" ", 3)[1]);
    int length = 0;
    boolean chunked = false;
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      String header = line.toLowerCase(Locale.ROOT);
      if (header.startsWith("content-length:")) {
        length = Integer.parseInt(header.substring("content-length:".length()).trim());
      } else if (header.startsWith("transfer-encoding:") && header.contains("chunked")) {
        chunked = true;
      }
    }
    byte[] body =
        chunked ? readChunks() : status == 204 || status == 304 ? new byte[0] : read(length);
    return new Answer(status, new String(body, StandardCharsets.UTF_8));
  }

  private byte[] readChunks() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(readLine().trim(), 16);
      all.writeBytes(read(size));
      readLine();
      if (size == 0) {
        return all.toByteArray();
      }
    }
  }

  private byte[] read(int length) throws IOException {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = next();
    }
    return bytes;
  }

  private String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (byte b = next(); b != '\n'; b = next()) {
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.US_ASCII);
  }

  private byte next() throws IOException {
    if (!buffer.hasRemaining()) {
      buffer.clear();
      int count = channel.read(buffer);
      buffer.flip();
      if (count < 0) {
        throw new EOFException("the engine closed the connection");
      }
    }
    return buffer.get();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
