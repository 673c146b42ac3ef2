package dev.catnap.bench;

import dev.catnap.metrics.recommendation.MemoryLeak;
import dev.catnap.metrics.recommendation.MemoryLeak.Level;
import dev.catnap.metrics.recommendation.RightSizing;
import dev.catnap.metrics.recommendation.Sizing;
import dev.catnap.metrics.trend.Anomaly;
import dev.catnap.metrics.trend.Anomaly.Judged;
import dev.catnap.metrics.trend.Band;
import dev.catnap.metrics.trend.Expectation;
import dev.catnap.metrics.trend.Series.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What our code finds in the Numenta Anomaly Benchmark: real CloudWatch and other series with
 * windows that people labelled. Prints a line a series, as Markdown.
 *
 * <p>A labelled window is found where an anomaly lies in it; anomalies in a row, up to three hours
 * apart, are one alarm; an alarm that touches no window is false.
 */
public final class RealSeries {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration APART = Duration.ofHours(3);

  private static final double HIGH_SCORE = 3.5;

  private RealSeries() {}

  private record Window(Instant from, Instant to) {
    boolean has(Instant at) {
      return !at.isBefore(from.minus(HOUR)) && !at.isAfter(to);
    }
  }

  private record Alarm(Instant from, Instant to) {
    boolean touches(Window window) {
      return !to.isBefore(window.from().minus(HOUR)) && !from.isAfter(window.to());
    }
  }

  /**
   * @param args the directory of a checkout of NAB
   */
  public static void main(String[] args) throws IOException {
    Path root = Path.of(args[0]);
    JsonNode labels =
        JsonMapper.builder()
            .build()
            .readTree(Files.readString(root.resolve("labels/combined_windows.json")));
    System.out.println(
        "| series | days | points by rule | windows found | false alarms a week | found, score above 3.5"
            + " | false a week | lower | target | upper | rises |");
    System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    int found = 0;
    int all = 0;
    for (String folder : List.of("realAWSCloudwatch", "realKnownCause")) {
      try (Stream<Path> files = Files.list(root.resolve("data").resolve(folder))) {
        for (Path file : files.sorted().toList()) {
          List<Window> windows = windows(labels.get(folder + "/" + file.getFileName()));
          found += report(file, windows);
          all += windows.size();
        }
      }
    }
    System.out.printf(Locale.ROOT, "%nfound %d of %d labelled windows%n", found, all);
  }

  private static List<Window> windows(JsonNode node) {
    List<Window> windows = new ArrayList<>();
    node.forEach(pair ->
        windows.add(new Window(time(pair.get(0).asString()), time(pair.get(1).asString()))));
    return windows;
  }

  private static Instant time(String text) {
    return LocalDateTime.parse(text.substring(0, 19), TIME).toInstant(ZoneOffset.UTC);
  }

  /** These series have no gaps written out. */
  private static double valueOf(Point point) {
    Double value = point.value();
    return value == null ? 0 : value;
  }

  /** Hourly means, as the trends endpoint reads them. */
  private static TreeMap<Instant, Double> hourly(List<Point> points) {
    return points.stream()
        .collect(
            Collectors.groupingBy(
                point -> point.at().truncatedTo(ChronoUnit.HOURS),
                TreeMap::new,
                Collectors.averagingDouble(RealSeries::valueOf)));
  }

  private static int report(Path file, List<Window> windows) throws IOException {
    List<Point> raw =
        Files.readAllLines(file).stream()
            .skip(1)
            .map(line -> line.split(","))
            .map(cells -> new Point(time(cells[0]), Double.valueOf(cells[1])))
            .toList();
    TreeMap<Instant, Double> hours = hourly(raw);
    List<Point> points = new ArrayList<>();
    for (Instant at = hours.firstKey(); !at.isAfter(hours.lastKey()); at = at.plus(HOUR)) {
      points.add(new Point(at, hours.get(at)));
    }
    List<Judged> judged = judge(points, hours, floor(file));
    double weeks = points.size() / 168.0;
    System.out.printf(
        Locale.ROOT,
        "| %s | %.0f | %s | %d of %d | %.1f | %d | %.1f | %s | %s |%n",
        file.getFileName().toString().replace(".csv", ""),
        weeks * 7,
        rules(judged),
        found(judged, windows, 0),
        windows.size(),
        falseAlarms(judged, windows, 0) / weeks,
        found(judged, windows, HIGH_SCORE),
        falseAlarms(judged, windows, HIGH_SCORE) / weeks,
        file.getFileName().toString().contains("cpu") ? sizes(raw, hours) : " | | ",
        leak(hours));
    return found(judged, windows, 0);
  }

  private static boolean isOdd(Judged one, double leastScore) {
    Anomaly anomaly = one.anomaly();
    return anomaly != null && Math.abs(anomaly.score()) > leastScore;
  }

  private static int found(List<Judged> judged, List<Window> windows, double leastScore) {
    return (int)
        windows.stream()
            .filter(window ->
                judged.stream()
                    .anyMatch(one -> isOdd(one, leastScore) && window.has(one.point().at())))
            .count();
  }

  private static double falseAlarms(List<Judged> judged, List<Window> windows, double leastScore) {
    return alarms(judged, leastScore).stream()
        .filter(alarm -> windows.stream().noneMatch(alarm::touches))
        .count();
  }

  /** The floors of our metrics: CPU is in hundredths of a core here. */
  private static double floor(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.contains("cpu") || name.contains("request_count")) {
      return 1;
    }
    return name.contains("network") || name.contains("bytes") ? 4096 : 0;
  }

  /** Day by day, with five weeks of history up to the day, as one who looks every day sees it. */
  private static List<Judged> judge(
      List<Point> points, TreeMap<Instant, Double> hours, double floor) {
    List<Judged> judged = new ArrayList<>();
    for (int from = 0; from < points.size(); from += 24) {
      int to = Math.min(points.size(), from + 24);
      Instant end = points.get(to - 1).at();
      Map<Instant, Double> history = hours.subMap(end.minus(Duration.ofDays(35)), false, end, true);
      Expectation expectation = Expectation.of(HOUR, floor, false, history);
      int before = Math.max(0, from - 24);
      judged.addAll(
          Anomaly.judge(points.subList(before, to), expectation, "", from - before, Instant.MAX));
    }
    return judged;
  }

  private static String rules(List<Judged> judged) {
    return judged.stream()
        .filter(one -> one.band() != null)
        .map(one -> one.band().method())
        .collect(Collectors.groupingBy(Band.Method::toString, TreeMap::new, Collectors.counting()))
        .toString()
        .replaceAll("[{}]", "");
  }

  private static List<Alarm> alarms(List<Judged> judged, double leastScore) {
    List<Alarm> alarms = new ArrayList<>();
    for (Judged one : judged) {
      if (!isOdd(one, leastScore)) {
        continue;
      }
      Instant at = one.point().at();
      Alarm last = alarms.isEmpty() ? null : alarms.getLast();
      if (last != null && Duration.between(last.to(), at).compareTo(APART) <= 0) {
        alarms.set(alarms.size() - 1, new Alarm(last.from(), at));
      } else {
        alarms.add(new Alarm(at, at));
      }
    }
    return alarms;
  }

  /** The value taken for hundredths of a core, and what right-sizing would give it. */
  private static String sizes(List<Point> raw, TreeMap<Instant, Double> hours) {
    RightSizing sizing = new RightSizing(hours.lastKey());
    Instant from = hours.lastKey().minus(RightSizing.HISTORY);
    raw.stream()
        .filter(point -> point.at().isAfter(from))
        .forEach(point -> sizing.cpu(Math.max(0, valueOf(point)) / 100, 5, point.at()));
    Sizing cpu = sizing.cpu();
    return cpu == null
        ? " | | "
        : String.format(Locale.ROOT, "%.3f | %.3f | %.3f", cpu.lower(), cpu.target(), cpu.upper());
  }

  private static String leak(TreeMap<Instant, Double> hours) {
    List<Level> levels =
        hours.tailMap(hours.lastKey().minus(MemoryLeak.LONGEST)).entrySet().stream()
            .map(hour -> new Level(hour.getKey(), hour.getValue() * 1e7))
            .toList();
    MemoryLeak leak = MemoryLeak.of(levels, null);
    return leak == null
        ? "no"
        : String.format(Locale.ROOT, "%.3g an hour", leak.bytesPerHour() / 1e7);
  }
}
