package dev.catnap.allinone.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What the demo's clients saw. */
final class TrafficLog {
  private final List<Duration> latencies = new ArrayList<>();
  private final TreeMap<String, Integer> failures = new TreeMap<>();

  synchronized void answered(String service, int status, Duration took) {
    if (status == 200) {
      latencies.add(took);
    } else {
      failed(service, "HTTP status " + status);
    }
  }

  synchronized void failed(String service, String reason) {
    failures.merge(service + ": " + reason, 1, Integer::sum);
  }

  synchronized int requests() {
    return latencies.size() + failureCount();
  }

  synchronized int failureCount() {
    return failures.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Each kind of failure, with how often it happened. */
  synchronized List<String> failures() {
    return failures.entrySet().stream().map(e -> e.getValue() + " x " + e.getKey()).toList();
  }

  /**
   * The latency that {@code share} of the answered requests did not exceed; zero without any.
   *
   * @param share 0 to 1
   */
  synchronized Duration quantile(double share) {
    if (latencies.isEmpty()) {
      return Duration.ZERO;
    }
    List<Duration> sorted = latencies.stream().sorted().toList();
    return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
  }
}
