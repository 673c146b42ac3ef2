package dev.catnap.kit.http;

import dev.catnap.events.InvalidFieldException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;

/**
 * Which part of a list is asked for; a controller just takes it as an argument.
 *
 * @param limit how many items at most, 1 to 1000
 * @param cursor {@code nextCursor} of the page before; null: from the start
 */
@ParameterObject
public record PageQuery(
    @Schema(minimum = "1", maximum = "1000", defaultValue = "100") int limit,
    @Nullable String cursor) {
  public static final int DEFAULT_LIMIT = 100;
  public static final int MAX_LIMIT = 1_000;

  private static final String LIMIT_RULE = "must be a whole number from 1 to " + MAX_LIMIT;
  private static final String VERSION = "1:";

  public PageQuery {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new InvalidFieldException("limit", LIMIT_RULE, limit);
    }
    if (cursor != null) {
      decode(cursor);
    }
  }

  public static PageQuery first() {
    return new PageQuery(DEFAULT_LIMIT, null);
  }

  static PageQuery of(@Nullable String limit, @Nullable String cursor) {
    String start = cursor == null || cursor.isBlank() ? null : cursor;
    if (limit == null || limit.isBlank()) {
      return new PageQuery(DEFAULT_LIMIT, start);
    }
    try {
      return new PageQuery(Integer.parseInt(limit.strip()), start);
    } catch (NumberFormatException e) {
      throw new InvalidFieldException("limit", LIMIT_RULE, limit);
    }
  }

  /** The key after which the page begins; null: from the start. */
  public @Nullable String after() {
    return cursor == null ? null : decode(cursor);
  }

  /** The version comes first, so that we may change what a cursor is and refuse old ones. */
  static String cursorAt(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((VERSION + key).getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      if (text.startsWith(VERSION)) {
        return text.substring(VERSION.length());
      }
    } catch (IllegalArgumentException e) {
      // Refused below, as any text that we did not make.
    }
    throw new InvalidFieldException("cursor", "must be the nextCursor of an earlier page", cursor);
  }
}
