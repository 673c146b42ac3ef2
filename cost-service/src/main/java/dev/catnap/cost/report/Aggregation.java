package dev.catnap.cost.report;

import dev.catnap.cost.ledger.Posting;
import dev.catnap.cost.ledger.Reservation;
import dev.catnap.events.InvalidFieldException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What items of a report are summed by.
 *
 * @param label name of the label for {@link By#LABEL}, else null
 */
public record Aggregation(By by, @Nullable String label) {
  /** The kinds, on the wire in lower case. */
  public enum By {
    SERVICE,
    CONTAINER,
    HOST,
    STATE,
    GROUP,
    LABEL
  }

  /** Where a service has no group or not that label. */
  public static final String NONE = "(none)";

  private static final String RULE = "must be service, container, host, state, group or label:NAME";

  /** Reads {@code service}, {@code state}, {@code group}, {@code label:team} and so on. */
  public static Aggregation parse(String text) {
    if (text.startsWith("label:") && text.length() > "label:".length()) {
      return new Aggregation(By.LABEL, text.substring("label:".length()));
    }
    for (By by : By.values()) {
      if (by != By.LABEL && by.name().toLowerCase(Locale.ROOT).equals(text)) {
        return new Aggregation(by, null);
      }
    }
    throw new InvalidFieldException("aggregate", RULE, text);
  }

  /**
   * @param newest the newest definition of the service, which names its group and labels; null
   *     where none is known
   */
  String keyOf(Posting posting, @Nullable Reservation newest) {
    return switch (by) {
      case SERVICE -> posting.service();
      case CONTAINER -> posting.service() + "/" + posting.container();
      case HOST -> posting.host();
      case STATE -> posting.state().name();
      case GROUP -> newest == null || newest.group() == null ? NONE : newest.group();
      case LABEL ->
          newest == null || label == null ? NONE : newest.labels().getOrDefault(label, NONE);
    };
  }

  /** What a charge is summed by. */
  public String keyOf(Charge charge) {
    return switch (by) {
      case SERVICE -> charge.service();
      case CONTAINER -> charge.service() + "/" + charge.container();
      case HOST -> charge.host();
      case STATE -> charge.state().name();
      case GROUP -> charge.group() == null ? NONE : charge.group();
      case LABEL -> label == null ? NONE : charge.labels().getOrDefault(label, NONE);
    };
  }

  @Override
  public String toString() {
    return label == null ? by.name().toLowerCase(Locale.ROOT) : "label:" + label;
  }
}
