package dev.catnap.events.json;

import dev.catnap.events.InvalidFieldException;
import tools.jackson.core.JacksonException;

/** Turns one kind of event into JSON and back. */
public interface EventCodec<V> {
  byte[] write(V event);

  /**
   * @throws MalformedRecordException when the bytes are no such event; nothing else is thrown
   */
  default V read(byte[] json, Envelope envelope) {
    try {
      return parse(json, envelope);
    } catch (InvalidFieldException e) {
      throw new MalformedRecordException(String.valueOf(e.getMessage()), e);
    } catch (JacksonException e) {
      throw new MalformedRecordException(Json.explain(e), e);
    }
  }

  /** Reads, and lets failures of JSON and of the contract through as they are. */
  V parse(byte[] json, Envelope envelope);

  /** Events whose JSON is just their fields. */
  static <V> EventCodec<V> ofFields(Class<V> type) {
    return new EventCodec<>() {
      @Override
      public byte[] write(V event) {
        return Json.MAPPER.writeValueAsBytes(event);
      }

      @Override
      public V parse(byte[] json, Envelope envelope) {
        V event = Json.MAPPER.readValue(json, type);
        if (event == null) {
          throw new InvalidFieldException("value", "must be an object", "null");
        }
        return event;
      }
    };
  }
}
