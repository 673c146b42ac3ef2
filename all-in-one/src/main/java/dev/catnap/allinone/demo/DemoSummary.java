package dev.catnap.allinone.demo;

import dev.catnap.allinone.demo.DemoFigures.Latency;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Tells a person, or a program, what the demo did and where to look. */
final class DemoSummary {
  private final PrintWriter out;
  private final boolean json;

  DemoSummary(PrintWriter out, boolean json) {
    this.out = out;
    this.json = json;
  }

  void print(DemoFigures figures, TrafficLog traffic, URI catnap, URI gateway) {
    if (json) {
      printJson(figures, traffic, catnap, gateway);
    } else {
      printRequests(traffic);
      printSleep(figures);
      printMoney(figures);
      printWhereToLook(catnap, gateway);
    }
    out.flush();
  }

  private void printJson(DemoFigures figures, TrafficLog traffic, URI catnap, URI gateway) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("event", "summary");
    summary.put("requests", traffic.requests());
    summary.put("failures", traffic.failures());
    summary.put("requestMillisP50", traffic.quantile(0.5).toMillis());
    summary.put("requestMillisP95", traffic.quantile(0.95).toMillis());
    summary.put("figures", figures);
    summary.put("catnap", catnap.toString());
    summary.put("gateway", gateway.toString());
    out.println(JsonMapper.shared().writeValueAsString(summary));
  }

  private void printRequests(TrafficLog traffic) {
    line("");
    line("What happened");
    line(
        "  requests           %d, of which %d failed; p50 %s, p95 %s",
        traffic.requests(),
        traffic.failureCount(),
        millis(traffic.quantile(0.5)),
        millis(traffic.quantile(0.95)));
    traffic.failures().forEach(failure -> line("                     %s", failure));
  }

  private void printSleep(DemoFigures figures) {
    line(
        "  sleeps and wakes   %d sleeps, %d wakes, %d failed wakes",
        figures.sleeps(), figures.wakes(), figures.failedWakes());
    figures.wakesMillis().forEach(this::printLatency);
    line(
        "  asleep             %.0f of %.0f container seconds (%.0f %%)",
        figures.secondsAsleep(),
        figures.secondsObserved(),
        100 * figures.secondsAsleep() / Math.max(1, figures.secondsObserved()));
  }

  private void printLatency(String origin, Latency latency) {
    line(
        "  wake when %-8s p50 %.0f ms, p95 %.0f ms (%d wakes)",
        origin.equals("SLEEPING") ? "paused" : "stopped",
        latency.p50(),
        latency.p95(),
        latency.count());
  }

  private void printMoney(DemoFigures figures) {
    Double baseline = figures.baseline();
    Double saved = figures.saved();
    if (baseline == null || saved == null) {
      line("  money              not known yet");
      return;
    }
    String currency = figures.currency();
    line(
        "  money              %.6f %s saved of %.6f in %d s",
        saved, currency, baseline, figures.window().toSeconds());
    line(
        "                     a month like this: %.2f of %.2f %s; but real services sleep longer"
            + " and wake less often",
        figures.monthly(saved), figures.monthly(baseline), currency);
    Double own = figures.own();
    if (own != null) {
      line(
          "                     Catnap's own cost, for any number of services: %.2f %s a month",
          figures.monthly(own), currency);
    }
  }

  private void printWhereToLook(URI catnap, URI gateway) {
    line("");
    line("Where to look");
    look("curl " + gateway + "/search/", "a request through the gateway");
    look("curl " + catnap + "/services/status", "what sleeps, and what comes next");
    look("curl " + catnap + "/metrics/sleep-wake", "sleeps, wakes, latency");
    look("curl " + catnap + "/metrics/cost", "what it cost and saved");
    look("curl " + catnap + "/system/health", "every part");
    look("curl " + catnap + "/v3/api-docs", "all of the API");
    line("");
  }

  private void look(String command, String what) {
    line("  %-52s %s", command, what);
  }

  private static String millis(Duration duration) {
    return duration.toMillis() + " ms";
  }

  private void line(String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments));
  }
}
