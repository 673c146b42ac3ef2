package dev.catnap.metrics.history;

import dev.catnap.events.RunState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Adds up wakes by the state woken from. Not safe for use by several threads. */
public final class WakeSums {
  /**
   * Wakes that have something in common.
   *
   * @param wakes that succeeded
   * @param micros latency of those of them of which it is known
   */
  public record Some(long wakes, long failed, long[] micros) {
    private static Some together(List<Some> parts) {
      return new Some(
          parts.stream().mapToLong(Some::wakes).sum(),
          parts.stream().mapToLong(Some::failed).sum(),
          parts.stream().flatMapToLong(part -> LongStream.of(part.micros())).toArray());
    }

    private LatencySummary latency() {
      return LatencySummary.of(wakes, micros);
    }
  }

  private final Map<RunState, List<Some>> byOrigin = new EnumMap<>(RunState.class);

  public void add(RunState origin, Some some) {
    byOrigin.computeIfAbsent(origin, any -> new ArrayList<>()).add(some);
  }

  public WakeFigures figures() {
    Map<RunState, Some> origins = new EnumMap<>(RunState.class);
    byOrigin.forEach((origin, parts) -> origins.put(origin, Some.together(parts)));
    Some all = Some.together(List.copyOf(origins.values()));
    Map<RunState, LatencySummary> latencies = new EnumMap<>(RunState.class);
    origins.forEach((origin, some) -> latencies.put(origin, some.latency()));
    return new WakeFigures(all.wakes(), all.failed(), all.latency(), latencies);
  }
}
