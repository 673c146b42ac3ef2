package dev.catnap.allinone.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The API's answer about all services as a table for a person. */
final class StatusTable {
  private StatusTable() {}

  /**
   * @param now what {@code 5m ago} is counted from
   */
  static String of(JsonNode page, Instant now) {
    JsonNode services = page.path("items");
    if (services.isEmpty()) {
      return "no services yet: label a container with catnap.enable=true, write a services.yml, or"
          + " PUT /services/{name}\n";
    }
    Table table = new Table("SERVICE", "STATE", "SINCE", "LAST ACTIVITY", "NEXT");
    for (JsonNode service : services) {
      table.add(
          service.path("service").asString("?"),
          service.path("state").asString("?"),
          ago(service.path("since"), now),
          ago(service.path("lastActivity"), now),
          next(service.path("next"), now));
    }
    return table.toString();
  }

  private static String ago(JsonNode time, Instant now) {
    Instant at = instant(time);
    return at == null ? "-" : Durations.human(Duration.between(at, now)) + " ago";
  }

  private static String next(JsonNode next, Instant now) {
    String action = next.path("action").asString("");
    String rule = next.path("rule").asString("");
    Instant at = instant(next.path("at"));
    if (action.isEmpty() || action.equals("NONE")) {
      return rule.isEmpty() ? "-" : "stays (" + rule + ")";
    }
    String when = at == null ? "" : " in " + Durations.human(Duration.between(now, at));
    return action.toLowerCase(Locale.ROOT) + when + (rule.isEmpty() ? "" : " (" + rule + ")");
  }

  private static @Nullable Instant instant(JsonNode time) {
    try {
      String text = time.asString("");
      return text.isEmpty() ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
