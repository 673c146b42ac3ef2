package dev.catnap.metrics.imports;

import dev.catnap.events.InvalidFieldException;
import dev.catnap.events.Reason;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a CSV file (RFC 4180, without line breaks in fields). The first line names the columns,
 * in any order: {@code service}, {@code container}, {@code from}, {@code to} and {@code at} must be
 * there, {@code host}, {@code reason}, {@code id} and {@code gone} may. States as the API writes
 * them, in any case; times ISO 8601 with an offset; {@code gone} is true where the container was
 * removed for good.
 */
public final class CsvHistory {
  /** Spreadsheets put it before the header, to say UTF-8. */
  private static final String MARK = "\uFEFF";

  private static final List<String> REQUIRED = List.of("service", "container", "from", "to", "at");

  private final List<String> columns;
  private final String host;

  /**
   * @param header the first line
   * @param host of lines that name none
   * @throws InvalidFieldException when a column is missing
   */
  public CsvHistory(String header, String host) {
    this.columns =
        fields(header.startsWith(MARK) ? header.substring(1) : header).stream()
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .toList();
    this.host = host;
    for (String column : REQUIRED) {
      if (!columns.contains(column)) {
        throw new InvalidFieldException(
            "header", "must name the columns service,container,from,to,at", header);
      }
    }
  }

  /** Reads a line behind the first. */
  public ImportedLine read(String line) {
    if (line.isBlank()) {
      return new ImportedLine.Nothing();
    }
    try {
      List<String> values = fields(line);
      if (values.size() != columns.size()) {
        throw new InvalidFieldException(
            "line", "must have " + columns.size() + " fields as the header", values.size());
      }
      return new ImportedLine.Changed(change(values));
    } catch (InvalidFieldException e) {
      return new ImportedLine.Malformed(String.valueOf(e.getMessage()));
    }
  }

  private StateChange change(List<String> values) {
    String service = required(values, "service");
    String container = required(values, "container");
    RunState from = state(values, "from");
    RunState to = state(values, "to");
    Instant at = time(required(values, "at"));
    String ranOn = Objects.requireNonNullElse(value(values, "host"), host);
    String id = value(values, "id");
    StateChange change =
        new StateChange(
            id == null
                ? ImportIds.of(service, container, from.name(), to.name(), at.toString())
                : id,
            service,
            container,
            ranOn,
            from,
            to,
            at,
            reason(value(values, "reason")));
    return isGone(value(values, "gone")) ? change.asGone() : change;
  }

  private static boolean isGone(@Nullable String value) {
    if (value == null || value.equalsIgnoreCase("false")) {
      return false;
    }
    if (value.equalsIgnoreCase("true")) {
      return true;
    }
    throw new InvalidFieldException("gone", "must be true or false", value);
  }

  private @Nullable String value(List<String> values, String column) {
    int place = columns.indexOf(column);
    String value = place < 0 ? "" : values.get(place).strip();
    return value.isEmpty() ? null : value;
  }

  private String required(List<String> values, String column) {
    String value = value(values, column);
    if (value == null) {
      throw new InvalidFieldException(column, "must be given", "");
    }
    return value;
  }

  private RunState state(List<String> values, String column) {
    String value = required(values, column);
    try {
      return RunState.valueOf(value.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new InvalidFieldException(
          column, "must be one of " + Arrays.toString(RunState.values()), value);
    }
  }

  private static Reason reason(@Nullable String value) {
    if (value == null) {
      return Reason.EXTERNAL;
    }
    try {
      return Reason.valueOf(value.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new InvalidFieldException(
          "reason", "must be one of " + Arrays.toString(Reason.values()), value);
    }
  }

  private static Instant time(String value) {
    try {
      return OffsetDateTime.parse(value).toInstant();
    } catch (DateTimeException e) {
      throw new InvalidFieldException("at", "must be ISO 8601 with an offset", value);
    }
  }

  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        if (quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
          field.append(c);
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    if (quoted) {
      throw new InvalidFieldException("line", "must close its quotes", line);
    }
    fields.add(field.toString());
    return fields;
  }
}
