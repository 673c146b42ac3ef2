package dev.catnap.gateways;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** As much of RFC 6455 as an echo needs: short text frames. */
final class WebSocketFrame {

  private static final String RFC_6455 = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int FINAL_TEXT = 0x81;
  private static final int MASKED = 0x80;
  private static final byte[] MASK = {1, 2, 3, 4};

  private WebSocketFrame() {}

  /** What a server answers to a client's key. */
  static String accept(String key) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      byte[] digest = sha1.digest((key + RFC_6455).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * @param masked as a client has to, and a server must not
   */
  static void write(OutputStream out, String text, boolean masked) throws IOException {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    var frame = new java.io.ByteArrayOutputStream();
    frame.write(FINAL_TEXT);
    frame.write(payload.length | (masked ? MASKED : 0));
    if (masked) {
      frame.writeBytes(MASK);
    }
    frame.writeBytes(masked ? mask(payload, MASK) : payload);
    out.write(frame.toByteArray());
    out.flush();
  }

  static String read(InputStream in) throws IOException {
    if (in.read() < 0) {
      throw new EOFException("the WebSocket was closed");
    }
    int length = in.read();
    boolean masked = (length & MASKED) != 0;
    byte[] mask = masked ? HttpMessage.exactly(in, MASK.length) : new byte[MASK.length];
    byte[] payload = HttpMessage.exactly(in, length & ~MASKED);
    return new String(mask(payload, mask), StandardCharsets.UTF_8);
  }

  private static byte[] mask(byte[] payload, byte[] mask) {
    byte[] result = payload.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] ^= mask[i % mask.length];
    }
    return result;
  }
}
