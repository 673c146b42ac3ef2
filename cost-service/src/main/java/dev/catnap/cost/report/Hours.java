package dev.catnap.cost.report;

import dev.catnap.events.RunState;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Container hours by state. {@code observed} is the sum of the others as shown. */
public record Hours(
    BigDecimal running,
    BigDecimal sleeping,
    BigDecimal stopped,
    BigDecimal other,
    BigDecimal observed) {
  /** A sum in whole microseconds. */
  static final class Sum {
    private BigDecimal running = BigDecimal.ZERO;
    private BigDecimal sleeping = BigDecimal.ZERO;
    private BigDecimal stopped = BigDecimal.ZERO;
    private BigDecimal other = BigDecimal.ZERO;

    void add(RunState state, BigDecimal micros) {
      if (state == RunState.RUNNING) {
        running = running.add(micros);
      } else if (state == RunState.SLEEPING) {
        sleeping = sleeping.add(micros);
      } else if (state == RunState.STOPPED) {
        stopped = stopped.add(micros);
      } else {
        other = other.add(micros);
      }
    }

    Hours rounded() {
      BigDecimal shownRunning = hours(running);
      BigDecimal shownSleeping = hours(sleeping);
      BigDecimal shownStopped = hours(stopped);
      BigDecimal shownOther = hours(other);
      return new Hours(
          shownRunning,
          shownSleeping,
          shownStopped,
          shownOther,
          shownRunning.add(shownSleeping).add(shownStopped).add(shownOther));
    }

    static BigDecimal hours(BigDecimal micros) {
      return micros.divide(BigDecimal.valueOf(3_600_000_000L), 6, RoundingMode.HALF_EVEN);
    }
  }
}
