package dev.catnap.metrics.usage;

import java.math.BigInteger;

/** A sum of whole numbers of at least 0 that never overflows, and nearly always is a long. */
public final class ExactSum {
  private BigInteger beyond = BigInteger.ZERO;
  private long sum;

  void add(long value) {
    long next = sum + value;
    if (next < 0) {
      beyond = beyond.add(BigInteger.valueOf(sum));
      next = value;
    }
    sum = next;
  }

  void addProduct(long a, long b) {
    long product = a * b;
    if (product < 0 || Math.multiplyHigh(a, b) != 0) {
      beyond = beyond.add(BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)));
    } else {
      add(product);
    }
  }

  /** What was added so far. */
  public BigInteger value() {
    return beyond.add(BigInteger.valueOf(sum));
  }
}
