package dev.catnap.kit.http;

import java.io.IOException;

/** The body grew beyond what is accepted while it was read. */
public final class BodyTooLargeException extends IOException {
  private final long mostBytes;

  BodyTooLargeException(long mostBytes) {
    super("body must be at most " + mostBytes + " bytes");
    this.mostBytes = mostBytes;
  }

  public long mostBytes() {
    return mostBytes;
  }
}
