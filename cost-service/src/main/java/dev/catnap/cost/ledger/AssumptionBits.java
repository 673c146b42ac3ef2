package dev.catnap.cost.ledger;

import dev.catnap.cost.pricing.Assumption;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/**
 * Assumptions as a stored number, a bit for each in the order they are declared. So that what is
 * stored keeps its meaning, new ones are added at the end and none is removed; a test holds to it.
 */
public final class AssumptionBits {
  private AssumptionBits() {}

  public static int of(Collection<Assumption> assumptions) {
    int bits = 0;
    for (Assumption assumption : assumptions) {
      bits |= 1 << assumption.ordinal();
    }
    return bits;
  }

  public static Set<Assumption> read(int bits) {
    Set<Assumption> assumptions = EnumSet.noneOf(Assumption.class);
    for (Assumption assumption : Assumption.values()) {
      if ((bits & 1 << assumption.ordinal()) != 0) {
        assumptions.add(assumption);
      }
    }
    return assumptions;
  }
}
