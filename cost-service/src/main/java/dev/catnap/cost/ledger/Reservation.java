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
 * @param storageBytes {@code resources.storage}; null where the definition sets none aside
 */
public record Reservation(
    Instant since,
    @Nullable Long nanoCores,
    @Nullable Long bytes,
    @Nullable Long storageBytes,
    @Nullable String group,
    Map<String, String> labels) {
  /** Without storage. */
  public Reservation(
      Instant since,
      @Nullable Long nanoCores,
      @Nullable Long bytes,
      @Nullable String group,
      Map<String, String> labels) {
    this(since, nanoCores, bytes, null, group, labels);
  }

  public Reservation {
    labels = Map.copyOf(labels);
  }

  /** This, from when on and with what storage the other has. */
  public Reservation storing(Reservation other) {
    return new Reservation(other.since, nanoCores, bytes, other.storageBytes, group, labels);
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
