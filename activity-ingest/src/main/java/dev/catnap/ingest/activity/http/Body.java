package dev.catnap.ingest.activity.http;

import dev.catnap.ingest.activity.InFlight;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The bytes of a body, counted against what may be in flight for as long as it is open. What is
 * counted grows with what has come, so that a slow sender holds no more than it has sent.
 */
final class Body implements AutoCloseable {
  private static final int FIRST = 16 << 10;

  private final InFlight inFlight;
  private final Limits limits;
  private byte[] bytes = new byte[0];
  private int length;

  private Body(InFlight inFlight, Limits limits) {
    this.inFlight = inFlight;
    this.limits = limits;
  }

  /**
   * @param announced the Content-Length, -1 when there is none
   */
  static Body read(InputStream in, long announced, Limits limits, InFlight inFlight)
      throws IOException {
    if (announced > limits.bodyBytes()) {
      throw limits.bodyTooLarge(announced);
    }
    Body body = new Body(inFlight, limits);
    try {
      body.fill(in, announced);
      return body;
    } catch (IOException | RuntimeException e) {
      body.close();
      throw e;
    }
  }

  private void fill(InputStream in, long announced) throws IOException {
    grow(announced >= 0 && announced < FIRST ? (int) announced + 1 : FIRST);
    for (int read = in.read(bytes);
        read >= 0;
        read = in.read(bytes, length, bytes.length - length)) {
      length += read;
      if (length > limits.bodyBytes()) {
        throw limits.bodyTooLarge(length);
      }
      if (length == bytes.length) {
        grow(Math.min(2 * length, limits.bodyBytes() + 1));
      }
    }
  }

  private void grow(int to) {
    if (!inFlight.tryTake(to - bytes.length)) {
      throw Limits.tooMuchInFlight();
    }
    bytes = Arrays.copyOf(bytes, to);
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** Whether there is nothing but white space. */
  boolean isBlank() {
    for (int i = 0; i < length; i++) {
      if (bytes[i] > ' ' || bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    inFlight.giveBack(bytes.length);
    bytes = new byte[0];
  }
}
