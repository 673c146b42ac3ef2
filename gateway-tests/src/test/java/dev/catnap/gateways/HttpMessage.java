package dev.catnap.gateways;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request or an answer as it stands on the wire, for what no HTTP library shows: which connection
 * it came over, and what becomes of that connection.
 *
 * @param start the first line
 * @param headers by name in any case; of several with one name the last
 */
record HttpMessage(String start, Map<String, String> headers, byte[] body) {

  static HttpMessage read(InputStream in) throws IOException {
    HttpMessage head = readHead(in);
    return new HttpMessage(head.start(), head.headers(), body(in, head.headers()));
  }

  /** Without its body, which may have no end. */
  static HttpMessage readHead(InputStream in) throws IOException {
    String start = line(in);
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    return new HttpMessage(start, headers, new byte[0]);
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Of an answer. */
  int status() {
    return Integer.parseInt(start.split(" ", 3)[1]);
  }

  /** Of a request. */
  String method() {
    return start.split(" ", 3)[0];
  }

  /** Of a request: path and query. */
  String target() {
    return start.split(" ", 3)[1];
  }

  private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
    String encoding = headers.getOrDefault("Transfer-Encoding", "");
    if (encoding.toLowerCase(Locale.ROOT).contains("chunked")) {
      return chunks(in);
    }
    return exactly(in, Integer.parseInt(headers.getOrDefault("Content-Length", "0")));
  }

  private static byte[] chunks(InputStream in) throws IOException {
    var whole = new java.io.ByteArrayOutputStream();
    for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
      whole.writeBytes(exactly(in, size));
      line(in);
    }
    line(in);
    return whole.toByteArray();
  }

  private static int chunkSize(InputStream in) throws IOException {
    return Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
  }

  static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("%d bytes of %d".formatted(bytes.length, length));
    }
    return bytes;
  }

  static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection was closed");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }
}
