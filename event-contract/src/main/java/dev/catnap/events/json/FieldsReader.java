package dev.catnap.events.json;

import java.time.Instant;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads an object whose fields are plain values and known, each of them once, without a tree, boxes
 * or reflection: that is what nearly all records of a busy topic are. Whatever looks different, a
 * mistake too, is left to the general way, which reads it or says what is wrong; so both agree by
 * construction. For one object each.
 */
abstract class FieldsReader {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build();

  private int seen;
  private boolean different;

  /** Takes one field's value, and says with {@link #first} which it is. */
  abstract void field(String name, JsonParser in);

  /**
   * @param required bits of the fields that must be there
   * @return false where it is left to the general way
   */
  final boolean reads(byte[] json, int required) {
    try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), json)) {
      return in.nextToken() == JsonToken.START_OBJECT
          && readsFields(in)
          && in.nextToken() == null
          && (seen & required) == required;
    } catch (JacksonException e) {
      return false;
    }
  }

  private boolean readsFields(JsonParser in) {
    String name = in.nextName();
    while (name != null && !different) {
      in.nextToken();
      field(name, in);
      name = in.nextName();
    }
    return !different && in.hasToken(JsonToken.END_OBJECT);
  }

  /**
   * @param bit of that field alone
   */
  final void first(int bit) {
    different |= (seen & bit) != 0;
    seen |= bit;
  }

  /** To be called for a field that is not known. */
  final void differs() {
    different = true;
  }

  private boolean is(JsonParser in, JsonToken token) {
    boolean is = in.hasToken(token);
    different |= !is;
    return is;
  }

  final String text(JsonParser in) {
    return is(in, JsonToken.VALUE_STRING) ? in.getString() : "";
  }

  final Instant time(JsonParser in) {
    Instant time = UtcTimes.read(text(in));
    different |= time == null;
    return time == null ? Instant.EPOCH : time;
  }

  final long whole(JsonParser in) {
    return is(in, JsonToken.VALUE_NUMBER_INT) ? in.getLongValue() : 0;
  }

  final int small(JsonParser in) {
    return is(in, JsonToken.VALUE_NUMBER_INT) ? in.getIntValue() : 0;
  }

  final double number(JsonParser in) {
    return in.hasToken(JsonToken.VALUE_NUMBER_FLOAT) ? in.getDoubleValue() : whole(in);
  }
}
