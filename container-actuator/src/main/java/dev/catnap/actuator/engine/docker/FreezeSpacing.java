package dev.catnap.actuator.engine.docker;

import dev.catnap.actuator.engine.EngineException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a pause and an unpause of the same container 20 ms apart, from begin to begin.
 *
 * <p>The engine hears of both from its runtime a second time, a few milliseconds later. With the
 * next call made by then it mistakes the echo for news: it reports a pause that is over, and may
 * believe in it until the next one.
 */
final class FreezeSpacing {
  private static final Duration APART = Duration.ofMillis(20);

  private final ConcurrentHashMap<String, Long> last = new ConcurrentHashMap<>();

  /** Waits where the last call for this container was too recent. */
  void space(String container) {
    long now = System.nanoTime();
    Long before = last.put(container, now);
    long missing = before == null ? 0 : APART.toNanos() - (now - before);
    if (missing <= 0) {
      return;
    }
    try {
      Thread.sleep(Duration.ofNanos(missing));
      last.put(container, System.nanoTime());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(
          EngineException.Kind.INTERRUPTED, "waiting for the engine was interrupted", e);
    }
  }
}
