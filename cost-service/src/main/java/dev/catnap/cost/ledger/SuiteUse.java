package dev.catnap.cost.ledger;

import dev.catnap.cost.pricing.Evidence;
import dev.catnap.cost.pricing.Interval;
import dev.catnap.cost.pricing.Level;
import dev.catnap.events.RunState;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;

/**
 * What a process of the suite itself used, within one hour of one run.
 *
 * @param process one run of one process
 * @param host where it runs
 * @param from inclusive
 * @param to exclusive, after {@code from}
 * @param cpuNanos CPU time in nanoseconds
 * @param byteMicros resident bytes times microseconds
 */
public record SuiteUse(
    String process, String host, Instant from, Instant to, long cpuNanos, BigInteger byteMicros) {
  /** The name that the suite's own cost goes by. */
  public static final String SERVICE = "catnap";

  private static final BigDecimal MICROS_PER_SECOND = BigDecimal.valueOf(1_000_000);

  Interval interval(Instant start, Instant end) {
    return new Interval(
        SERVICE,
        process,
        host,
        RunState.RUNNING,
        start,
        end,
        Level.NOTHING,
        level(),
        Evidence.MEASURED,
        null,
        null);
  }

  private Level level() {
    BigDecimal micros = BigDecimal.valueOf(Duration.between(from, to).toNanos() / 1000);
    long nanoCores =
        BigDecimal.valueOf(cpuNanos)
            .multiply(MICROS_PER_SECOND)
            .divide(micros, 0, RoundingMode.HALF_EVEN)
            .longValue();
    long bytes = new BigDecimal(byteMicros).divide(micros, 0, RoundingMode.HALF_EVEN).longValue();
    return new Level(nanoCores, bytes);
  }
}
