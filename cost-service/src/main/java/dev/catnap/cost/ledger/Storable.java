package dev.catnap.cost.ledger;

import dev.catnap.events.InvalidFieldException;
import dev.catnap.events.ResourceSample;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.StateChange;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can be kept and summed, beyond what the contract asks: times from 1970 to 9999, no NUL
 * characters, windows up to 31 days, up to a million cores and 2^53 bytes. Far beyond anything
 * real; it keeps one absurd record from making a sum overflow or a batch fail again and again.
 */
public final class Storable {
  private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");
  private static final long LONGEST_WINDOW = Duration.ofDays(31).toMillis();
  private static final double MOST_CORES = 1e6;
  private static final long MOST_BYTES = 1L << 53;

  private Storable() {}

  /**
   * @throws InvalidFieldException naming the field and the bound
   */
  public static StateChange check(StateChange change) {
    text("id", change.id());
    text("container", change.container());
    text("host", change.host());
    time("at", change.at());
    bytes("residentBytes", change.residentBytes());
    return change;
  }

  /** As {@link #check(StateChange)}. */
  public static ResourceSample check(ResourceSample sample) {
    text("container", sample.container());
    time("at", sample.at());
    if (sample.windowMillis() > LONGEST_WINDOW) {
      throw new InvalidFieldException(
          "windowMillis", "must be at most " + LONGEST_WINDOW, sample.windowMillis());
    }
    cores("cpuCores", sample.cpuCores());
    cores("cpuLimitCores", sample.cpuLimitCores());
    bytes("memoryBytes", sample.memoryBytes());
    bytes("memoryLimitBytes", sample.memoryLimitBytes());
    bytes("networkRxBytes", sample.networkRxBytes());
    bytes("networkTxBytes", sample.networkTxBytes());
    bytes("storageBytes", sample.storageBytes());
    return sample;
  }

  /** As {@link #check(StateChange)}. */
  public static ServiceDefinition check(ServiceDefinition definition) {
    time("defined_at", definition.definedAt());
    text("group", definition.group());
    for (Map.Entry<String, String> label : definition.labels().entrySet()) {
      text("labels", label.getKey());
      text("labels", label.getValue());
    }
    cores("resources.cpu", definition.container().resources().cpuCores());
    bytes("resources.memory", definition.container().resources().memoryBytes());
    bytes("resources.storage", definition.container().resources().storageBytes());
    return definition;
  }

  private static void text(String field, @Nullable String value) {
    if (value != null && value.indexOf('\0') >= 0) {
      throw new InvalidFieldException(
          field, "must not have a NUL character", value.replace('\0', '?'));
    }
  }

  private static void time(String field, Instant at) {
    if (at.isBefore(Instant.EPOCH) || at.isAfter(LAST)) {
      throw new InvalidFieldException(field, "must lie between 1970 and 9999", at);
    }
  }

  private static void bytes(String field, @Nullable Long value) {
    if (value != null && value > MOST_BYTES) {
      throw new InvalidFieldException(field, "must be at most " + MOST_BYTES, value);
    }
  }

  private static void cores(String field, @Nullable Double value) {
    if (value != null && value > MOST_CORES) {
      throw new InvalidFieldException(field, "must be at most " + MOST_CORES, value);
    }
  }
}
