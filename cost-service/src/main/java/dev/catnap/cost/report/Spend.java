package dev.catnap.cost.report;

import dev.catnap.cost.commitment.Drawn;
import dev.catnap.cost.commitment.Held;
import dev.catnap.cost.ledger.Reservation;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An amount that was really paid. Those of a service at its card and of what a reservation makes of
 * it add up.
 *
 * @param service empty where it is nobody's: reserved capacity that nobody used
 * @param group of the newest definition; null where it has none
 * @param labels of the newest definition; of what is nobody's the label it was reserved for
 * @param amount negative where a reservation is cheaper than the card
 */
public record Spend(
    String service,
    @Nullable String group,
    Map<String, String> labels,
    String currency,
    BigDecimal amount) {
  public Spend {
    labels = Map.copyOf(labels);
  }

  /** At the card. */
  public static Spend of(Charge charge) {
    return new Spend(
        charge.service(), charge.group(), charge.labels(), charge.currency(), charge.actual());
  }

  /**
   * What is charged in place of the card.
   *
   * @param newest the newest definition of the service; null where none is known
   */
  public static Spend of(Drawn drawn, @Nullable Reservation newest) {
    return new Spend(
        drawn.use().service(),
        newest == null ? null : newest.group(),
        newest == null ? Map.of() : newest.labels(),
        drawn.use().currency(),
        drawn.charged().subtract(drawn.coveredAtCard()));
  }

  /** What was reserved and not used. */
  public static Spend ofUnused(Held held) {
    return new Spend("", null, held.of().scope().labels(), held.of().currency(), held.unused());
  }
}
