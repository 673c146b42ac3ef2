package dev.catnap.events;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One level of a definition as written: takes fields by name, says precisely what is wrong with
 * one, and knows in the end which were never asked for.
 *
 * <p>Field names are read alike as {@code idle_timeout}, {@code idle-timeout} and {@code
 * idleTimeout}, because files, labels and JSON each have their habit.
 */
final class DefinitionFields {
  private final String path;
  private final Map<String, Object> values;
  private final Set<String> asked = new LinkedHashSet<>();

  private DefinitionFields(String path, Map<String, Object> values) {
    this.path = path;
    this.values = values;
  }

  static DefinitionFields of(String path, @Nullable Object value) {
    if (value == null) {
      return new DefinitionFields(path, Map.of());
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw new InvalidFieldException(
          path.isEmpty() ? "definition" : path, "must be an object", value);
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    map.forEach((key, field) -> {
      if (field != null) {
        fields.put(snakeCase(String.valueOf(key)), field);
      }
    });
    return new DefinitionFields(path, fields);
  }

  private static String snakeCase(String name) {
    return name.replace('-', '_').replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  private String pathOf(String field) {
    return path.isEmpty() ? field : path + "." + field;
  }

  private @Nullable Object take(String field) {
    asked.add(field);
    return values.get(field);
  }

  <T> @Nullable T optional(String field, BiReader<T> reader) {
    Object value = take(field);
    return value == null ? null : reader.read(pathOf(field), value);
  }

  <T> T orDefault(String field, T fallback, BiReader<T> reader) {
    T value = optional(field, reader);
    return value == null ? fallback : value;
  }

  /** Reads a value and knows the path to name when it is wrong. */
  interface BiReader<T> {
    T read(String path, Object value);
  }

  DefinitionFields level(String field) {
    return of(pathOf(field), take(field));
  }

  @Nullable String text(String field) {
    return optional(field, (at, value) -> scalar(at, value));
  }

  boolean flag(String field, boolean fallback) {
    return orDefault(field, fallback, DefinitionFields::flag);
  }

  @Nullable Integer number(String field) {
    return optional(field, DefinitionFields::integer);
  }

  Duration duration(String field, Duration fallback) {
    return orDefault(field, fallback, Quantities::duration);
  }

  @Nullable Instant instant(String field) {
    return optional(field, DefinitionFields::instant);
  }

  <E extends Enum<E>> E choice(String field, E fallback, Class<E> type) {
    return orDefault(field, fallback, (at, value) -> choice(at, value, type));
  }

  /** A list, or one value that stands for a list of one. */
  List<String> list(String field) {
    return orDefault(field, List.of(), DefinitionFields::list);
  }

  /** A list, or one text whose parts are separated by {@code separator}. */
  List<String> list(String field, String separator) {
    return list(field).stream()
        .flatMap(text -> Arrays.stream(text.split(separator)))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .toList();
  }

  /** A list, taken as it is, or one text whose parts are separated by {@code separator}. */
  List<String> listOrParts(String field, String separator) {
    return values.get(field) instanceof String ? list(field, separator) : list(field);
  }

  /** An object of texts, or a list of {@code key=value}. */
  Map<String, String> map(String field) {
    return orDefault(field, Map.of(), DefinitionFields::map);
  }

  boolean has(String field) {
    return values.containsKey(field);
  }

  /** Fails on the first field that nobody asked for: most often a spelling mistake. */
  void refuseOthers() {
    for (String field : values.keySet()) {
      if (!asked.contains(field)) {
        throw new InvalidFieldException(
            pathOf(field),
            "is not a field here; known are " + String.join(", ", asked),
            values.get(field));
      }
    }
  }

  private static String scalar(String path, Object value) {
    if (value instanceof Map || value instanceof Collection) {
      throw new InvalidFieldException(path, "must be a single value", value);
    }
    return value.toString();
  }

  private static boolean flag(String path, Object value) {
    return switch (value.toString().toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "1" -> true;
      case "false", "no", "off", "0" -> false;
      default -> throw new InvalidFieldException(path, "must be true or false", value);
    };
  }

  private static int integer(String path, Object value) {
    try {
      return Integer.parseInt(value.toString().trim());
    } catch (NumberFormatException e) {
      throw new InvalidFieldException(path, "must be a whole number", value);
    }
  }

  static double decimal(String path, Object value) {
    try {
      return Double.parseDouble(value.toString().trim());
    } catch (NumberFormatException e) {
      throw new InvalidFieldException(path, "must be a number", value);
    }
  }

  private static Instant instant(String path, Object value) {
    try {
      return Instant.parse(value.toString());
    } catch (DateTimeParseException e) {
      throw new InvalidFieldException(
          path, "must be an ISO 8601 time in UTC such as 2026-10-01T00:00:00Z", value);
    }
  }

  private static <E extends Enum<E>> E choice(String path, Object value, Class<E> type) {
    for (E constant : type.getEnumConstants()) {
      if (constant.toString().equalsIgnoreCase(value.toString())) {
        return constant;
      }
    }
    String known =
        Arrays.stream(type.getEnumConstants())
            .map(Enum::toString)
            .collect(Collectors.joining(", "));
    throw new InvalidFieldException(path, "must be one of " + known, value);
  }

  private static List<String> list(String path, Object value) {
    if (!(value instanceof Collection<?> items)) {
      return List.of(scalar(path, value));
    }
    List<String> texts = new ArrayList<>();
    int index = 0;
    for (Object item : items) {
      String at = path + "[" + index++ + "]";
      texts.add(scalar(at, Check.present(at, item)));
    }
    return texts;
  }

  private static Map<String, String> map(String path, Object value) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> entries) {
      entries.forEach((key, item) ->
          texts.put(String.valueOf(key), item == null ? "" : scalar(path + "." + key, item)));
      return texts;
    }
    for (String entry : list(path, value)) {
      int equals = entry.indexOf('=');
      if (equals < 1) {
        throw new InvalidFieldException(path, "must be an object or a list of key=value", entry);
      }
      texts.put(entry.substring(0, equals), entry.substring(equals + 1));
    }
    return texts;
  }
}
