package dev.catnap.cost.ledger;

import java.time.Instant;
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
}
