package dev.catnap.cost.ledger;

import dev.catnap.cost.pricing.Evidence;
import dev.catnap.cost.pricing.Level;
import dev.catnap.cost.pricing.Traffic;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Use by the hour as levels. A level belongs to its hour and to nothing else: it is rounded once,
 * and no window that a reader asks for can change it.
 *
 * <p>Where an hour was not measured awake, the mean of the last 168 hours that were, up to and
 * including this hour, stands for it. It never looks ahead, so later events do not alter what an
 * earlier hour would have cost awake.
 */
public final class UsageLevels {
  /** A week of hours awake. */
  public static final int LOOK_BACK_HOURS = 168;

  private final NavigableMap<Instant, Level> means = new TreeMap<>();
  private final Map<Instant, Level> measured = new HashMap<>();
  private final Map<Instant, Long> asleepBytes = new HashMap<>();
  private final NavigableMap<Instant, UsedHour> limits = new TreeMap<>();
  private final Map<Instant, Traffic> trafficAwake = new HashMap<>();
  private final Map<Instant, Traffic> trafficAsleep = new HashMap<>();

  public UsageLevels(List<UsedHour> hours) {
    for (UsedHour hour : hours) {
      limits.merge(hour.hour(), hour, (one, other) -> one.asleep() ? other : one);
      (hour.asleep() ? trafficAsleep : trafficAwake).put(hour.hour(), hour.moved().traffic());
      if (hour.asleep() && hour.memoryMicros() > 0) {
        asleepBytes.put(hour.hour(), mean(hour.byteMicros(), hour.memoryMicros()));
      }
    }
    readAwake(hours.stream().filter(hour -> !hour.asleep()).toList());
  }

  private void readAwake(List<UsedHour> awake) {
    NavigableMap<Instant, UsedHour> inOrder = new TreeMap<>();
    awake.forEach(hour -> inOrder.put(hour.hour(), hour));
    Deque<UsedHour> last = new ArrayDeque<>();
    int count = 0;
    Sum sum = new Sum();
    for (UsedHour hour : inOrder.values()) {
      last.add(hour);
      sum.add(hour, 1);
      count += hour.hours();
      while (count > LOOK_BACK_HOURS) {
        UsedHour oldest = last.remove();
        sum.add(oldest, -1);
        count -= oldest.hours();
      }
      means.put(hour.hour(), sum.level());
      if (hour.cpuMicros() > 0 && hour.memoryMicros() > 0) {
        measured.put(hour.hour(), Sum.of(hour).level());
      }
    }
  }

  /** What it uses awake in this hour. */
  Level awake(Instant hour) {
    Level now = measured.get(hour);
    if (now != null) {
      return now;
    }
    Map.Entry<Instant, Level> before = means.floorEntry(hour);
    return before == null ? Level.NOTHING : before.getValue();
  }

  Evidence evidence(Instant hour) {
    return measured.containsKey(hour) ? Evidence.MEASURED : earlierEvidence(hour);
  }

  Evidence earlierEvidence(Instant hour) {
    return means.floorEntry(hour) == null ? Evidence.NONE : Evidence.EARLIER;
  }

  /**
   * What it would use awake while it sleeps or is stopped. Never this hour's measure alone: the ten
   * busy seconds after a wake say little about the rest of an hour.
   */
  Level wouldUse(Instant hour) {
    Map.Entry<Instant, Level> before = means.floorEntry(hour);
    return before == null ? Level.NOTHING : before.getValue();
  }

  /** Mean memory asleep in this hour; null: not measured. */
  @Nullable Long asleepBytes(Instant hour) {
    return asleepBytes.get(hour);
  }

  /** Moved over the network in this hour, as measured; nothing where it was not. */
  Traffic traffic(Instant hour, boolean asleep) {
    return (asleep ? trafficAsleep : trafficAwake).getOrDefault(hour, Traffic.NONE);
  }

  /** Limits as last seen up to this hour; nothing where none were. */
  Level limits(Instant hour) {
    Map.Entry<Instant, UsedHour> last = limits.floorEntry(hour);
    if (last == null) {
      return Level.NOTHING;
    }
    Long nanoCores = last.getValue().nanoCoreLimit();
    Long bytes = last.getValue().byteLimit();
    return new Level(nanoCores == null ? 0 : nanoCores, bytes == null ? 0 : bytes);
  }

  private static long mean(BigInteger sum, long micros) {
    return micros == 0
        ? 0
        : new BigDecimal(sum)
            .divide(BigDecimal.valueOf(micros), 0, RoundingMode.HALF_EVEN)
            .longValue();
  }

  /** A sum of hours that can also be taken from. */
  private static final class Sum {
    private BigInteger nanoCoreMicros = BigInteger.ZERO;
    private BigInteger byteMicros = BigInteger.ZERO;
    private long cpuMicros;
    private long memoryMicros;

    static Sum of(UsedHour hour) {
      Sum sum = new Sum();
      sum.add(hour, 1);
      return sum;
    }

    void add(UsedHour hour, int sign) {
      BigInteger factor = BigInteger.valueOf(sign);
      nanoCoreMicros = nanoCoreMicros.add(hour.nanoCoreMicros().multiply(factor));
      byteMicros = byteMicros.add(hour.byteMicros().multiply(factor));
      cpuMicros += sign * hour.cpuMicros();
      memoryMicros += sign * hour.memoryMicros();
    }

    Level level() {
      return new Level(mean(nanoCoreMicros, cpuMicros), mean(byteMicros, memoryMicros));
    }
  }
}
