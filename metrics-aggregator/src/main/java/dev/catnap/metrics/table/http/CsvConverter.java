package dev.catnap.metrics.table.http;

import dev.catnap.metrics.table.Csv;
import dev.catnap.metrics.table.Tabular;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes tabular answers as CSV, with the fields that they have in JSON. The next page's cursor is
 * in the header {@code Catnap-Next-Cursor}.
 */
public final class CsvConverter extends AbstractHttpMessageConverter<Tabular> {
  public static final String MEDIA_TYPE = "text/csv";
  static final String NEXT_CURSOR = "Catnap-Next-Cursor";

  private final JsonMapper json;

  public CsvConverter(JsonMapper json) {
    super(new MediaType("text", "csv", StandardCharsets.UTF_8));
    this.json = json;
  }

  @Override
  protected boolean supports(Class<?> type) {
    return Tabular.class.isAssignableFrom(type);
  }

  @Override
  public boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
    return false;
  }

  @Override
  protected Tabular readInternal(Class<? extends Tabular> type, HttpInputMessage input) {
    throw new HttpMessageNotReadableException("CSV is not read", input);
  }

  @Override
  protected void writeInternal(Tabular answer, HttpOutputMessage output) throws IOException {
    List<Map<String, @Nullable Object>> rows = answer.rows().stream().map(this::row).toList();
    String next = answer.nextCursor();
    if (next != null) {
      output.getHeaders().set(NEXT_CURSOR, next);
    }
    output.getBody().write(Csv.of(rows).getBytes(StandardCharsets.UTF_8));
  }

  private Map<String, @Nullable Object> row(Object item) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    flatten("", json.valueToTree(item), fields);
    return fields;
  }

  private static Object scalar(JsonNode node) {
    if (node.isNumber()) {
      return node.numberValue();
    }
    return node.isArray() ? node.toString() : node.asString();
  }

  private static void flatten(String name, JsonNode node, Map<String, @Nullable Object> into) {
    if (node.isObject()) {
      node.properties()
          .forEach(field ->
              flatten(
                  name.isEmpty() ? field.getKey() : name + "." + field.getKey(),
                  field.getValue(),
                  into));
    } else if (!node.isNull()) {
      into.put(name, scalar(node));
    } else {
      into.put(name, null);
    }
  }
}
