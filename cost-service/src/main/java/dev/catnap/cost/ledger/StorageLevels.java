package dev.catnap.cost.ledger;

import dev.catnap.cost.pricing.Evidence;
import dev.catnap.cost.pricing.Storage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Disk by the hour as levels. What was measured stands until it is measured again, however long a
 * container is stopped: nobody writes to its disk meanwhile. It never looks ahead beyond the hour,
 * so later measures do not alter what an earlier hour cost.
 */
final class StorageLevels {
  private final NavigableMap<Instant, Long> measured = new TreeMap<>();

  StorageLevels(List<StorageHour> hours) {
    hours.forEach(hour -> measured.put(hour.hour(), hour.bytes()));
  }

  /** Null: not measured up to this hour. */
  @Nullable Storage at(Instant hour) {
    Map.Entry<Instant, Long> last = measured.floorEntry(hour);
    return last == null
        ? null
        : new Storage(
            last.getValue(), last.getKey().equals(hour) ? Evidence.MEASURED : Evidence.EARLIER);
  }
}
