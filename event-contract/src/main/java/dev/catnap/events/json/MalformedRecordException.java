package dev.catnap.events.json;

/** A record that cannot be read; the message names the field, the rule and the value. */
public final class MalformedRecordException extends RuntimeException {
  public MalformedRecordException(String message) {
    super(message);
  }

  public MalformedRecordException(String message, Throwable cause) {
    super(message, cause);
  }
}
