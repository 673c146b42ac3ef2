package dev.catnap.allinone.cli;

import java.time.Duration;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** A replay for a person at the terminal. */
final class ReplayProgress {
  private ReplayProgress() {}

  /** One line: how much is read, at which rate, how long it will take. */
  static String line(JsonNode replay) {
    long read = replay.path("recordsRead").asLong(0);
    long total = replay.path("recordsTotal").asLong(0);
    StringBuilder line =
        new StringBuilder(replay.path("kind").asString(""))
            .append(' ')
            .append(replay.path("id").asString(""))
            .append(": ")
            .append(replay.path("state").asString(""));
    if (total > 0) {
      line.append(
          String.format(
              Locale.ROOT, ", %d of %d records (%d %%)", read, total, 100 * read / total));
    }
    if (replay.has("recordsPerSecond")) {
      line.append(", ").append(replay.path("recordsPerSecond").asLong(0)).append("/s");
    }
    if (replay.has("secondsLeft")) {
      Duration left = Duration.ofSeconds(replay.path("secondsLeft").asLong(0));
      line.append(", ").append(Durations.human(left)).append(" left");
    }
    return line.toString();
  }

  /** The rows of each table before and after; or why there are none. */
  static String end(JsonNode replay) {
    if (!replay.has("counts")) {
      String failure = replay.path("failure").asString("");
      return failure.isEmpty() ? "" : "failed: " + failure + "\n";
    }
    Table table = new Table("TABLE", "ROWS BEFORE", "ROWS AFTER");
    replay
        .path("counts")
        .properties()
        .forEach(rows ->
            table.add(
                rows.getKey(),
                Long.toString(rows.getValue().path("before").asLong(0)),
                Long.toString(rows.getValue().path("after").asLong(0))));
    return table.toString();
  }
}
