package dev.catnap.cost.outlook;

import dev.catnap.cost.report.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Spend of a window against what a window of the same length cost in the baseline: change = current
 * / previous - 1.
 *
 * @param name the service, or whatever is summed by
 * @param current spend of the window
 * @param previous spend of the baseline, brought to the window's length
 * @param difference current - previous
 * @param change whether the change is a number
 * @param changePercent null unless {@code change} is {@link Kind#FINITE}
 * @param anomaly beyond both the share and the amount asked for, up or down
 */
public record SpendChange(
    String name,
    BigDecimal current,
    BigDecimal previous,
    BigDecimal difference,
    Kind change,
    @Nullable BigDecimal changePercent,
    Direction direction,
    boolean anomaly) {
  /** What a quotient can be. */
  public enum Kind {
    FINITE,
    /** Something where there was nothing. */
    INFINITE,
    /** Nothing then and nothing now. */
    UNDEFINED
  }

  /** Which way. */
  public enum Direction {
    UP,
    DOWN,
    SAME
  }

  /**
   * @param leastPercent of change that is an anomaly, 0 or more
   * @param leastAmount of money that is one, 0 or more
   */
  public static SpendChange of(
      String name,
      BigDecimal current,
      BigDecimal previous,
      BigDecimal leastPercent,
      BigDecimal leastAmount) {
    BigDecimal now = Money.round(current);
    BigDecimal then = Money.round(previous);
    BigDecimal difference = now.subtract(then);
    Kind kind = kind(now, then);
    BigDecimal percent =
        kind == Kind.FINITE
            ? difference.movePointRight(2).divide(then, 4, RoundingMode.HALF_EVEN)
            : null;
    boolean share = kind == Kind.INFINITE || atLeast(percent, leastPercent);
    boolean anomaly =
        share && difference.signum() != 0 && difference.abs().compareTo(leastAmount) >= 0;
    return new SpendChange(
        name, now, then, difference, kind, percent, direction(difference), anomaly);
  }

  private static boolean atLeast(@Nullable BigDecimal percent, BigDecimal least) {
    return percent != null && percent.abs().compareTo(least) >= 0;
  }

  private static Kind kind(BigDecimal now, BigDecimal then) {
    if (then.signum() != 0) {
      return Kind.FINITE;
    }
    return now.signum() == 0 ? Kind.UNDEFINED : Kind.INFINITE;
  }

  private static Direction direction(BigDecimal difference) {
    return switch (difference.signum()) {
      case 1 -> Direction.UP;
      case 0 -> Direction.SAME;
      default -> Direction.DOWN;
    };
  }
}
