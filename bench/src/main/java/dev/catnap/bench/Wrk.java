package dev.catnap.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One run of wrk, bounded in time by its own duration. */
record Wrk(double requestsPerSecond, double p50Millis, double p99Millis, String problems) {
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
  private static final Pattern P50 = Pattern.compile("50%\\s+([0-9.]+)(us|ms|s)");
  private static final Pattern P99 = Pattern.compile("99%\\s+([0-9.]+)(us|ms|s)");
  private static final Pattern PROBLEMS =
      Pattern.compile("(Non-2xx or 3xx responses: [0-9]+|Socket errors: .*)");

  static Wrk run(String url, String host, int connections, int seconds)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "wrk",
                "-t1",
                "-c" + connections,
                "-d" + seconds + "s",
                "--latency",
                "-H",
                "Host: " + host,
                url)
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("wrk failed: " + text);
    }
    Matcher problems = PROBLEMS.matcher(text);
    return new Wrk(
        Double.parseDouble(group(RATE, text, 1)),
        millis(P50, text),
        millis(P99, text),
        problems.find() ? problems.group() : "");
  }

  private static double millis(Pattern pattern, String text) {
    double value = Double.parseDouble(group(pattern, text, 1));
    return switch (group(pattern, text, 2)) {
      case "us" -> value / 1000;
      case "ms" -> value;
      default -> value * 1000;
    };
  }

  private static String group(Pattern pattern, String text, int group) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("wrk printed no " + pattern + ": " + text);
    }
    return matcher.group(group);
  }

  String row(String name) {
    return String.format(
        Locale.ROOT,
        "%-34s %9.0f %9.3f %9.3f  %s",
        name,
        requestsPerSecond,
        p50Millis,
        p99Millis,
        problems);
  }

  static String header() {
    return String.format("%-34s %9s %9s %9s", "", "req/s", "p50 ms", "p99 ms");
  }
}
