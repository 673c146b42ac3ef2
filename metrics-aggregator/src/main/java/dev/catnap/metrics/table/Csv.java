package dev.catnap.metrics.table;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rows as RFC 4180 has them: a header, CRLF, quotes where a text has a comma, a quote or a line
 * break. Nested fields have the dotted name {@code cpuCores.mean}; what is null is empty.
 */
public final class Csv {
  private static final String END = "\r\n";

  private Csv() {}

  /**
   * @param rows fields by name, in order
   */
  public static String of(List<Map<String, @Nullable Object>> rows) {
    Set<String> columns = columns(rows);
    StringBuilder csv = new StringBuilder(line(columns));
    for (Map<String, @Nullable Object> row : rows) {
      csv.append(
          columns.stream().map(row::get).map(Csv::field).collect(Collectors.joining(",", "", END)));
    }
    return csv.toString();
  }

  /** Those of all rows. An object that is null in one row and told in another has its fields. */
  private static Set<String> columns(List<Map<String, @Nullable Object>> rows) {
    Set<String> all = new LinkedHashSet<>();
    rows.forEach(row -> all.addAll(row.keySet()));
    Set<String> objects =
        all.stream()
            .filter(name -> name.contains("."))
            .map(name -> name.substring(0, name.indexOf('.')))
            .collect(Collectors.toSet());
    all.removeAll(objects);
    return all;
  }

  private static String line(Collection<String> fields) {
    return fields.stream().map(Csv::field).collect(Collectors.joining(",", "", END));
  }

  /** Numbers are written out: not every reader of tables takes 2.7E8 for one. */
  private static String field(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    boolean finite = value instanceof Number number && Double.isFinite(number.doubleValue());
    String text = finite ? new BigDecimal(value.toString()).toPlainString() : value.toString();
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
