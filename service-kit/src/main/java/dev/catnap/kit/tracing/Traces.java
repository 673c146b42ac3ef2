package dev.catnap.kit.tracing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Begins steps of traces. Off unless {@code catnap.tracing.endpoint} is set, and then nothing of
 * the machinery behind it is loaded.
 *
 * <p>Times are given, not read: a step may be told of when it is over.
 */
public interface Traces extends AutoCloseable {
  /** Traces nothing and costs nothing. */
  Traces OFF =
      new Traces() {
        @Override
        public boolean isOn() {
          return false;
        }

        @Override
        public Step begin(Start start) {
          return Step.NONE;
        }

        @Override
        public void close() {}
      };

  /** Which side of a message or a call a step is. */
  enum Kind {
    INTERNAL,
    SERVER,
    CLIENT,
    PRODUCER,
    CONSUMER
  }

  /**
   * How a step begins.
   *
   * @param name few of them, such as {@code decide}; what differs is a tag
   * @param parent what it is a part of; null: a trace begins
   * @param link what it has to do with beyond that
   */
  record Start(
      String name,
      Kind kind,
      Instant at,
      @Nullable TraceHeaders parent,
      @Nullable TraceHeaders link) {
    public Start(String name, Kind kind, Instant at, @Nullable TraceHeaders parent) {
      this(name, kind, at, parent, null);
    }
  }

  /** A part of a trace that is under way. */
  interface Step {
    Step NONE =
        new Step() {
          @Override
          public @Nullable TraceHeaders headers() {
            return null;
          }

          @Override
          public Step tag(String key, @Nullable String value) {
            return this;
          }

          @Override
          public Step failed(String reason) {
            return this;
          }

          @Override
          public void end(Instant at) {}
        };

    /** For what comes of it; null when nothing is traced. */
    @Nullable TraceHeaders headers();

    /** Null is no tag. */
    Step tag(String key, @Nullable String value);

    Step failed(String reason);

    /** To be called once. */
    void end(Instant at);
  }

  boolean isOn();

  Step begin(Start start);

  /** Sends what is left, within the time that a send may take. */
  @Override
  void close();
}
