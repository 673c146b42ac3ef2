package dev.catnap.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Durations of repeated trials, in milliseconds. */
final class Latencies {
  private final List<Double> millis = Collections.synchronizedList(new ArrayList<>());

  void addNanos(long nanos) {
    millis.add(nanos / 1e6);
  }

  int count() {
    return millis.size();
  }

  /** The nearest-rank quantile, {@code q} from 0 to 1; NaN when there is no trial. */
  double quantile(double q) {
    List<Double> sorted = new ArrayList<>(millis);
    if (sorted.isEmpty()) {
      return Double.NaN;
    }
    Collections.sort(sorted);
    int rank = (int) Math.ceil(q * sorted.size());
    return sorted.get(Math.max(0, rank - 1));
  }

  double p50() {
    return quantile(0.50);
  }

  double p99() {
    return quantile(0.99);
  }

  double max() {
    return quantile(1);
  }

  String row(String name) {
    return String.format(
        Locale.ROOT, "%-34s %6d %9.2f %9.2f %9.2f", name, count(), p50(), p99(), max());
  }

  static String header() {
    return String.format("%-34s %6s %9s %9s %9s", "milliseconds", "n", "p50", "p99", "max");
  }
}
