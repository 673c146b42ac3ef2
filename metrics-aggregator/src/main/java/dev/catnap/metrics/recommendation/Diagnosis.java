package dev.catnap.metrics.recommendation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a service, the worst first.
 *
 * <pre>
 * code              info       warning              critical
 * no_memory_limit              seen awake
 * no_cpu_limit      seen awake
 * no_health_check   always
 * high_cpu                     P95 from 0.8         P95 from 0.95 of its limit
 * high_memory                  peak from 0.85       peak from 0.95 of its limit
 * out_of_memory                                     any in a week
 * restarts          1          3 in a week          10 in a week
 * failed_wakes                 any in a week        a tenth of them, 3 at least
 * memory_leak                  any                  limit within 24 h
 * memory_growth                above 1 MB a minute
 * </pre>
 *
 * @param severity the worst; null where nothing is wrong
 */
public record Diagnosis(@Nullable Severity severity, List<Issue> issues) {
  private static final List<Function<Findings, @Nullable Issue>> RULES =
      List.of(
          Diagnosis::outOfMemory,
          Diagnosis::memoryLimit,
          Diagnosis::cpuLimit,
          Diagnosis::healthCheck,
          Diagnosis::highCpu,
          Diagnosis::highMemory,
          Diagnosis::restarts,
          Diagnosis::failedWakes,
          Diagnosis::leak,
          Diagnosis::growth);

  public static Diagnosis of(Findings findings) {
    List<Issue> issues =
        new ArrayList<>(
            RULES.stream().map(rule -> rule.apply(findings)).filter(Objects::nonNull).toList());
    issues.sort(Comparator.comparing(Issue::severity).reversed());
    return new Diagnosis(issues.isEmpty() ? null : issues.getFirst().severity(), issues);
  }

  private static @Nullable Issue memoryLimit(Findings f) {
    return f.memoryLimit() != null || !f.sampled()
        ? null
        : new Issue(
            "no_memory_limit",
            Severity.WARNING,
            "it may take all memory of its host",
            "Set resources.memory; the recommendation's target is a start.");
  }

  private static @Nullable Issue cpuLimit(Findings f) {
    return f.cpuLimit() != null || !f.sampled()
        ? null
        : new Issue(
            "no_cpu_limit",
            Severity.INFO,
            "it may take all CPUs of its host",
            "Set resources.cpu; the recommendation's target is a start.");
  }

  private static @Nullable Issue healthCheck(Findings f) {
    return !f.defined() || f.healthChecked()
        ? null
        : new Issue(
            "no_health_check",
            Severity.INFO,
            "readiness names neither http nor tcp",
            "Set readiness.http to a path that answers 2xx once it can serve, unless its image has a"
                + " HEALTHCHECK; else a port that accepts counts as ready.");
  }

  private static @Nullable Issue highCpu(Findings f) {
    Double share = share(f.cpuHigh(), f.cpuLimit());
    return share == null || share < 0.8
        ? null
        : new Issue(
            "high_cpu",
            share < 0.95 ? Severity.WARNING : Severity.CRITICAL,
            "P95 is " + percent(share) + " of its CPU limit while awake",
            "Raise resources.cpu to the target, or find what it computes.");
  }

  private static @Nullable Issue highMemory(Findings f) {
    Double share = share(f.memoryHigh(), f.memoryLimit());
    return share == null || share < 0.85
        ? null
        : new Issue(
            "high_memory",
            share < 0.95 ? Severity.WARNING : Severity.CRITICAL,
            "its peak is " + percent(share) + " of its memory limit",
            "Raise resources.memory to the target before it is killed.");
  }

  private static @Nullable Issue outOfMemory(Findings f) {
    return f.outOfMemory() == 0
        ? null
        : new Issue(
            "out_of_memory",
            Severity.CRITICAL,
            "killed for want of memory " + times(f.outOfMemory()) + " in a week",
            "Raise resources.memory to the target.");
  }

  private static @Nullable Issue restarts(Findings f) {
    return f.crashes() == 0
        ? null
        : new Issue(
            "restarts",
            f.crashes() >= 10
                ? Severity.CRITICAL
                : f.crashes() >= 3 ? Severity.WARNING : Severity.INFO,
            "it died " + times(f.crashes()) + " in a week",
            "Look at its log at these times; GET /containers/audit tells them with exit codes.");
  }

  private static @Nullable Issue failedWakes(Findings f) {
    boolean many = f.failedWakes() >= 3 && f.failedWakes() * 10 >= f.wakes() + f.failedWakes();
    return f.failedWakes() == 0
        ? null
        : new Issue(
            "failed_wakes",
            many ? Severity.CRITICAL : Severity.WARNING,
            f.failedWakes() + " of " + (f.wakes() + f.failedWakes()) + " wakes failed in a week",
            "See its readiness probe and its timeout, and its log at start.");
  }

  private static @Nullable Issue leak(Findings f) {
    Double hours = f.leakHours();
    if (hours == null) {
      return null;
    }
    String until =
        hours.isInfinite() ? "" : String.format(Locale.ROOT, "; its limit is %.0f h away", hours);
    return new Issue(
        "memory_leak",
        hours < 24 ? Severity.CRITICAL : Severity.WARNING,
        "its least memory of each hour rises" + until,
        "A restart, or a stop while it is idle (stop_after), frees it; find what it keeps.");
  }

  private static @Nullable Issue growth(Findings f) {
    Double growth = f.growingFast();
    return growth == null
        ? null
        : new Issue(
            "memory_growth",
            Severity.WARNING,
            String.format(
                Locale.ROOT, "grew by %.1f MB a minute over five minutes", growth / 1_000_000),
            "Watch it; it may be a cache that fills, or the start of a leak.");
  }

  private static @Nullable Double share(@Nullable Double used, @Nullable Double limit) {
    return used == null || limit == null || limit <= 0 ? null : used / limit;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", share * 100);
  }

  private static String times(long count) {
    return count == 1 ? "once" : count + " times";
  }
}
