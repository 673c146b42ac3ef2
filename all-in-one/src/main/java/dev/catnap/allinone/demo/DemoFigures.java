package dev.catnap.allinone.demo;

import dev.catnap.allinone.cli.ApiClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the demo did, as the APIs tell it.
 *
 * @param window what the figures speak of
 * @param wakesMillis p50 and p95 of the wakes by the state woken from; those without any are absent
 * @param secondsAsleep of all containers together, asleep or stopped
 * @param baseline what always-on services would have cost in the window; null where not known
 * @param saved of it, before Catnap's own cost; null where not known
 * @param own what Catnap itself cost; null where not measured
 */
record DemoFigures(
    Duration window,
    long sleeps,
    long wakes,
    long failedWakes,
    Map<String, Latency> wakesMillis,
    double secondsAsleep,
    double secondsObserved,
    String currency,
    @Nullable Double baseline,
    @Nullable Double saved,
    @Nullable Double own) {
  /** Milliseconds from the request to the service running. */
  record Latency(long count, double p50, double p95) {}

  static DemoFigures of(ApiClient api, Instant from, Instant to) {
    String query = "?from=" + from + "&to=" + to;
    JsonNode history = api.get("/metrics/sleep-wake" + query).json().path("total");
    JsonNode cost = api.get("/metrics/cost" + query).json();
    return new DemoFigures(
        Duration.between(from, to),
        history.path("sleeps").asLong(0),
        history.path("wakes").asLong(0),
        history.path("failedWakes").asLong(0),
        latencies(history.path("wakeLatencyMillis")),
        history.path("secondsSleeping").asDouble(0) + history.path("secondsStopped").asDouble(0),
        history.path("secondsObserved").asDouble(0),
        cost.path("currency").asString(""),
        number(cost.path("total").path("baseline")),
        number(cost.path("total").path("savingBeforeSuite")),
        number(cost.path("total").path("suite")));
  }

  private static Map<String, Latency> latencies(JsonNode byOrigin) {
    Map<String, Latency> latencies = new TreeMap<>();
    for (String origin : new String[] {"SLEEPING", "STOPPED"}) {
      JsonNode latency = byOrigin.path(origin);
      if (latency.path("p50").isNumber()) {
        latencies.put(
            origin,
            new Latency(
                latency.path("count").asLong(0),
                latency.path("p50").asDouble(0),
                latency.path("p95").asDouble(0)));
      }
    }
    return latencies;
  }

  private static @Nullable Double number(JsonNode node) {
    return node.isNumber() ? node.asDouble() : null;
  }

  /** An amount of the window as it would be in a month of 30 days that went on like this. */
  double monthly(double amount) {
    return amount * Duration.ofDays(30).toMillis() / Math.max(1, window.toMillis());
  }
}
