package dev.catnap.cost.pricing;

import dev.catnap.events.InvalidFieldException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a file of rate cards says: {@code rates}, a list of objects with the fields of {@link
 * RateFields} in lower case, {@code cpu_hour}. Numbers are texts, times those of ISO 8601 or a date
 * of UTC.
 *
 * @param problems the first of each entry that is wrong
 */
public record RateDocument(List<Entry> entries, List<InvalidFieldException> problems) {
  private static final int MOST_ENTRIES = 200;

  private static final Set<String> FIELDS =
      Set.of(
          "valid_from",
          "valid_to",
          "host",
          "label",
          "purchase",
          "currency",
          "cpu_hour",
          "memory_gib_hour",
          "storage_gib_month",
          "network_in_gib",
          "network_out_gib",
          "month_hours",
          "cores",
          "memory_gib",
          "amount_hour");

  /**
   * A card of the file.
   *
   * @param name {@code rates[2]}, counted from 0
   */
  public record Entry(String name, RateCard card) {}

  public RateDocument {
    entries = List.copyOf(entries);
    problems = List.copyOf(problems);
  }

  /**
   * @param document maps, lists and texts
   * @throws InvalidFieldException where it is no such document at all
   */
  public static RateDocument read(@Nullable Object document) {
    if (!(document instanceof Map<?, ?> map) || !(map.get("rates") instanceof List<?> list)) {
      throw new InvalidFieldException("rates", "must be a list of rate cards", null);
    }
    map.keySet().stream()
        .filter(key -> !"rates".equals(key))
        .findFirst()
        .ifPresent(key -> {
          throw new InvalidFieldException(
              String.valueOf(key), "must not be there: only rates is", map.get(key));
        });
    if (list.isEmpty() || list.size() > MOST_ENTRIES) {
      throw new InvalidFieldException("rates", "must have 1 to " + MOST_ENTRIES, list.size());
    }
    List<Entry> entries = new ArrayList<>();
    List<InvalidFieldException> problems = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      String name = "rates[" + i + "]";
      try {
        entries.add(new Entry(name, card(list.get(i))));
      } catch (InvalidFieldException e) {
        problems.add(inEntry(name, e));
      }
    }
    return new RateDocument(entries, problems);
  }

  /** The same said of an entry, with the field as it is written in the file. */
  private static InvalidFieldException inEntry(String name, InvalidFieldException problem) {
    String field = written(problem.field());
    return new InvalidFieldException(
        field.isEmpty() ? name : name + "." + field, problem.rule(), problem.value());
  }

  /** {@code cpuHour} as {@code cpu_hour}. */
  public static String written(String field) {
    return field.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private static RateCard card(@Nullable Object entry) {
    if (!(entry instanceof Map<?, ?> fields)) {
      throw new InvalidFieldException("", "must be an object with the fields of a card", entry);
    }
    for (Map.Entry<?, ?> field : fields.entrySet()) {
      if (!FIELDS.contains(String.valueOf(field.getKey()))) {
        throw new InvalidFieldException(
            String.valueOf(field.getKey()), "must be a known field", field.getValue());
      }
    }
    return new RateFields(
            time(fields, "valid_from"),
            time(fields, "valid_to"),
            text(fields, "host"),
            text(fields, "label"),
            text(fields, "purchase"),
            text(fields, "currency"),
            number(fields, "cpu_hour"),
            number(fields, "memory_gib_hour"),
            number(fields, "storage_gib_month"),
            number(fields, "network_in_gib"),
            number(fields, "network_out_gib"),
            number(fields, "month_hours"),
            number(fields, "cores"),
            number(fields, "memory_gib"),
            number(fields, "amount_hour"))
        .card();
  }

  private static @Nullable String text(Map<?, ?> fields, String field) {
    Object value = fields.get(field);
    if (value == null) {
      return null;
    }
    if (!(value instanceof String text)) {
      throw new InvalidFieldException(field, "must be a text", value);
    }
    return text;
  }

  private static @Nullable BigDecimal number(Map<?, ?> fields, String field) {
    String text = text(fields, field);
    try {
      return text == null ? null : new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new InvalidFieldException(field, "must be a number", text);
    }
  }

  private static @Nullable Instant time(Map<?, ?> fields, String field) {
    String text = text(fields, field);
    try {
      if (text == null) {
        return null;
      }
      return text.indexOf('T') < 0
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new InvalidFieldException(
          field, "must be a date or time, such as 2026-01-31 or 2026-01-31T08:00:00Z", text);
    }
  }
}
