package dev.catnap.cost.pricing;

import dev.catnap.events.RunState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one price function. A line carries what the interval cost and what it would have cost awake,
 * so actual, baseline and saving cannot disagree.
 *
 * <p>After the OpenCost specification, sum over resources of max(reserved, used) x hours x rate:
 *
 * <table>
 * <caption>What is counted</caption>
 * <tr><th>state</th><th>CPU</th><th>memory</th><th>storage</th></tr>
 * <tr><td>RUNNING</td><td>max(reserved, used)</td><td>max(reserved, used)</td><td>max(reserved, held)</td></tr>
 * <tr><td>SLEEPING</td><td>none</td><td>as measured, else as RUNNING</td><td>as RUNNING</td></tr>
 * <tr><td>STOPPED</td><td>none</td><td>none</td><td>as RUNNING</td></tr>
 * <tr><td>any other</td><td colspan="3">as RUNNING</td></tr>
 * </table>
 *
 * <p>Storage is the same in the baseline: a stop frees no disk, so it saves none.
 *
 * <p>Network is what was measured in any state, and the same in the baseline: what would have been
 * moved awake is not known.
 */
public final class Pricing {
  private Pricing() {}

  /**
   * Lines for CPU, memory and, where it is known or all there is, storage; for network where any
   * was measured and the card has a price for it.
   */
  public static List<CostLine> price(Interval interval, Rates rates) {
    List<CostLine> lines = new ArrayList<>(5);
    lines.add(line(interval, Resource.CPU, cpu(interval), interval.heldAwake().nanoCores(), rates));
    lines.add(
        line(interval, Resource.MEMORY, memory(interval), interval.heldAwake().bytes(), rates));
    Storage storage = interval.storage();
    if (storage != null || interval.state() == RunState.STOPPED) {
      long bytes = storage == null ? 0 : storage.bytes();
      lines.add(line(interval, Resource.STORAGE, bytes, bytes, rates));
    }
    addNetwork(lines, Resource.NETWORK_IN, interval.traffic().inBytes(), interval, rates);
    addNetwork(lines, Resource.NETWORK_OUT, interval.traffic().outBytes(), interval, rates);
    return lines;
  }

  private static void addNetwork(
      List<CostLine> lines, Resource resource, long bytes, Interval interval, Rates rates) {
    if (bytes > 0 && rates.hourly(resource).signum() > 0) {
      lines.add(line(interval, resource, bytes, bytes, rates));
    }
  }

  private static long cpu(Interval interval) {
    return switch (interval.state()) {
      case SLEEPING, STOPPED -> 0;
      case RUNNING, UNKNOWN, FALLING_ASLEEP, WAKING, FAILED -> interval.heldAwake().nanoCores();
    };
  }

  private static long memory(Interval interval) {
    return switch (interval.state()) {
      case STOPPED -> 0;
      case SLEEPING ->
          interval.asleepBytes() == null
              ? interval.heldAwake().bytes()
              : interval.asleepBytes().longValue();
      case RUNNING, UNKNOWN, FALLING_ASLEEP, WAKING, FAILED -> interval.heldAwake().bytes();
    };
  }

  private static CostLine line(
      Interval interval, Resource resource, long held, long heldAwake, Rates rates) {
    BigDecimal micros = interval.micros();
    return new CostLine(
        interval,
        resource,
        micros.multiply(BigDecimal.valueOf(held)),
        micros.multiply(BigDecimal.valueOf(heldAwake)),
        rates.hourly(resource),
        assumptions(interval, resource, rates));
  }

  private static List<Assumption> assumptions(Interval interval, Resource resource, Rates rates) {
    List<Assumption> ofUse = assumptions(interval, resource);
    if (rates.purchase() != Purchase.SPOT) {
      return ofUse;
    }
    List<Assumption> all = new ArrayList<>(ofUse);
    all.add(Assumption.SPOT_RATE);
    return all;
  }

  private static List<Assumption> assumptions(Interval interval, Resource resource) {
    if (resource.isNetwork()) {
      return List.of(Assumption.NETWORK_MEASURED);
    }
    if (resource == Resource.STORAGE) {
      return List.of(storage(interval.storage()));
    }
    return switch (interval.state()) {
      case RUNNING -> List.of(awake(interval));
      case SLEEPING -> List.of(asleep(interval, resource), awake(interval));
      case STOPPED -> List.of(Assumption.STOPPED_STORAGE_ONLY, awake(interval));
      case UNKNOWN, FALLING_ASLEEP, WAKING, FAILED ->
          List.of(Assumption.OTHER_AS_RUNNING, awake(interval));
    };
  }

  private static Assumption storage(@Nullable Storage storage) {
    if (storage == null) {
      return Assumption.STORAGE_UNKNOWN;
    }
    return switch (storage.evidence()) {
      case MEASURED -> Assumption.STORAGE_MEASURED;
      case EARLIER -> Assumption.STORAGE_AS_EARLIER;
      case NONE -> Assumption.STORAGE_RESERVED;
    };
  }

  private static Assumption awake(Interval interval) {
    return switch (interval.evidence()) {
      case MEASURED -> Assumption.AWAKE_MEASURED;
      case EARLIER -> Assumption.AWAKE_AS_EARLIER;
      case NONE -> Assumption.AWAKE_RESERVED;
    };
  }

  private static Assumption asleep(Interval interval, Resource resource) {
    if (resource == Resource.CPU) {
      return Assumption.ASLEEP_NO_CPU;
    }
    return interval.asleepBytes() == null
        ? Assumption.ASLEEP_NOT_MEASURED
        : Assumption.ASLEEP_RESIDENT;
  }
}
