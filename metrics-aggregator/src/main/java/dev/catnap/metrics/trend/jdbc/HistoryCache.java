package dev.catnap.metrics.trend.jdbc;

import dev.catnap.metrics.trend.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The histories that bands are made from. Weeks of hours hardly change within a minute, and a
 * dashboard asks for the same ones again and again.
 */
final class HistoryCache {
  private static final long GOOD_FOR_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int MOST = 500;

  private record Key(Question question, @Nullable List<String> services) {}

  private record Kept(Map<Instant, Double> values, long readAtNanos) {}

  private final Map<Key, Kept> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Kept> eldest) {
          return size() > MOST;
        }
      };

  /**
   * @param services null: all
   */
  Map<Instant, Double> get(
      Question question,
      @Nullable Collection<String> services,
      Supplier<Map<Instant, Double>> read) {
    Key key = new Key(question, services == null ? null : List.copyOf(services));
    synchronized (kept) {
      Kept known = kept.get(key);
      if (known != null && System.nanoTime() - known.readAtNanos() < GOOD_FOR_NANOS) {
        return known.values();
      }
    }
    Map<Instant, Double> values = Map.copyOf(read.get());
    synchronized (kept) {
      kept.put(key, new Kept(values, System.nanoTime()));
    }
    return values;
  }
}
