package dev.catnap.cost.focus;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Tags as a JSON object of text, in order of their names. */
final class TagsJson {
  private TagsJson() {}

  static String write(Map<String, String> tags) {
    return new TreeMap<>(tags)
        .entrySet().stream()
            .map(tag -> quoted(tag.getKey()) + ":" + quoted(tag.getValue()))
            .collect(Collectors.joining(",", "{", "}"));
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.chars()
        .forEach(c -> {
          if (c == '"' || c == '\\') {
            json.append('\\').append((char) c);
          } else if (c < ' ') {
            json.append("\\u%04x".formatted(c));
          } else {
            json.append((char) c);
          }
        });
    return json.append('"').toString();
  }
}
