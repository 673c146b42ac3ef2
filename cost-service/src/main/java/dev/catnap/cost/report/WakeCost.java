package dev.catnap.cost.report;

import dev.catnap.events.RunState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a wake of a service costs, and how long a sleep must last to be worth it.
 *
 * <p>On the way to sleep and back a container is priced as running and serves nobody; that is the
 * cost of the wakes. Asleep it saves so much an hour. Break-even = cost per wake / saving per hour
 * asleep.
 *
 * @param wakes how often it came from asleep or stopped
 * @param transitionCost of all time falling asleep and waking
 * @param costPerWake transitionCost / wakes; null where there was none
 * @param savingPerHourAsleep mean saving of an hour asleep or stopped; null where there was none
 * @param breakEven whether there is such a time
 * @param breakEvenSeconds null unless {@code breakEven} is {@link Kind#FINITE}
 */
public record WakeCost(
    String service,
    int wakes,
    BigDecimal transitionCost,
    @Nullable BigDecimal costPerWake,
    @Nullable BigDecimal savingPerHourAsleep,
    Kind breakEven,
    @Nullable BigDecimal breakEvenSeconds) {
  private static final BigDecimal MICROS_PER_HOUR = BigDecimal.valueOf(3_600_000_000L);
  private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);
  private static final int DECIMALS = 9;

  /** What a quotient can be. */
  public enum Kind {
    FINITE,
    /** Asleep it saves nothing: no sleep is long enough. */
    INFINITE,
    /** It never woke, or never slept. */
    UNDEFINED
  }

  /** Sums of a service while they are being made. */
  private static final class Sum {
    private int wakes;
    private BigDecimal transitions = BigDecimal.ZERO;
    private BigDecimal saved = BigDecimal.ZERO;
    private BigDecimal restingMicros = BigDecimal.ZERO;
  }

  /**
   * Of every service, in order of name.
   *
   * @param wakes how often each service came from asleep or stopped
   */
  public static List<WakeCost> of(Map<String, Integer> wakes, Collection<Charge> charges) {
    Map<String, Sum> sums = new TreeMap<>();
    wakes.forEach(
        (service, count) -> sums.computeIfAbsent(service, any -> new Sum()).wakes += count);
    charges.forEach(
        charge -> add(charge, sums.computeIfAbsent(charge.service(), any -> new Sum())));
    return sums.entrySet().stream().map(entry -> of(entry.getKey(), entry.getValue())).toList();
  }

  private static boolean resting(RunState state) {
    return state == RunState.SLEEPING || state == RunState.STOPPED;
  }

  private static void add(Charge charge, Sum sum) {
    if (charge.state() == RunState.WAKING || charge.state() == RunState.FALLING_ASLEEP) {
      sum.transitions = sum.transitions.add(charge.actual());
    }
    if (resting(charge.state())) {
      sum.saved = sum.saved.add(charge.saving());
      // Each resource has a charge; the time is counted once.
      if (charge.resource() == dev.catnap.cost.pricing.Resource.CPU) {
        sum.restingMicros = sum.restingMicros.add(charge.micros());
      }
    }
  }

  private static WakeCost of(String service, Sum sum) {
    BigDecimal perWake =
        sum.wakes == 0
            ? null
            : sum.transitions.divide(
                BigDecimal.valueOf(sum.wakes), DECIMALS, RoundingMode.HALF_EVEN);
    BigDecimal perHour =
        sum.restingMicros.signum() == 0
            ? null
            : sum.saved
                .multiply(MICROS_PER_HOUR)
                .divide(sum.restingMicros, DECIMALS, RoundingMode.HALF_EVEN);
    Kind kind = kind(perWake, perHour);
    return new WakeCost(
        service,
        sum.wakes,
        sum.transitions.setScale(DECIMALS, RoundingMode.HALF_EVEN),
        perWake,
        perHour,
        kind,
        kind == Kind.FINITE ? seconds(perWake, perHour) : null);
  }

  private static Kind kind(@Nullable BigDecimal perWake, @Nullable BigDecimal perHour) {
    if (perWake == null || perHour == null) {
      return Kind.UNDEFINED;
    }
    return perHour.signum() == 0 ? Kind.INFINITE : Kind.FINITE;
  }

  private static @Nullable BigDecimal seconds(
      @Nullable BigDecimal perWake, @Nullable BigDecimal perHour) {
    return perWake == null || perHour == null
        ? null
        : perWake.multiply(SECONDS_PER_HOUR).divide(perHour, 3, RoundingMode.HALF_EVEN);
  }
}
