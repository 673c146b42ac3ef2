package dev.catnap.cost.pricing;

import dev.catnap.events.Check;
import dev.catnap.events.InvalidFieldException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Numbers that people give. */
public final class Amounts {
  /** As many as a rate card keeps. */
  public static final int MOST_DECIMALS = 12;

  private Amounts() {}

  /**
   * A number of 0 to {@code most} with at most 12 decimals. Exponents are bounded first: adding 1
   * to {@code 1e-999999999} would write out a thousand million digits.
   */
  public static BigDecimal check(String field, @Nullable BigDecimal value, BigDecimal most) {
    BigDecimal number = Check.present(field, value);
    boolean writable = number.scale() <= 100 && number.scale() >= -100;
    if (!writable
        || number.signum() < 0
        || number.compareTo(most) > 0
        || number.stripTrailingZeros().scale() > MOST_DECIMALS) {
      throw new InvalidFieldException(
          field,
          "must be a number of 0 to " + most.toPlainString() + " with at most 12 decimals",
          value);
    }
    return plain(number);
  }

  /** Without zeros at the end, so that what is worth the same is the same. */
  private static BigDecimal plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
