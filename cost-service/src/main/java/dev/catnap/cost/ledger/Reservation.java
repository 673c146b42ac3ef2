package dev.catnap.cost.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a definition sets aside for each container of a service, and the names to sum by.
 *
 * @param since holds from here on; the first one also before
 * @param nanoCores {@code resources.cpu}; null where the definition has no limit
 * @param bytes {@code resources.memory}; null where the definition has no limit
 */
public record Reservation(
    Instant since,
    @Nullable Long nanoCores,
    @Nullable Long bytes,
    @Nullable String group,
    Map<String, String> labels) {
  public Reservation {
    labels = Map.copyOf(labels);
  }

  /**
   * Labels of the definition in force, or before the first one of that.
   *
   * @param all of a service, in order of time
   */
  public static Map<String, String> labelsAt(List<Reservation> all, Instant time) {
    Map<String, String> labels = all.isEmpty() ? Map.of() : all.getFirst().labels();
    for (Reservation reservation : all) {
      if (!reservation.since().isAfter(time)) {
        labels = reservation.labels();
      }
    }
    return labels;
  }
}
