package dev.catnap.metrics.recommendation;

/**
 * What an hour costs, to tell what a change is about worth. What was really saved is for
 * cost-service to say, from its ledger.
 *
 * @param cpuHour of a core
 * @param memoryGbHour of a GB of 10^9 bytes
 */
public record Rates(double cpuHour, double memoryGbHour) {
  private static final double GB = 1e9;

  double cpu(double cores) {
    return cores * cpuHour;
  }

  double memory(double bytes) {
    return bytes / GB * memoryGbHour;
  }
}
