package dev.catnap.ingest.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Since when a service that is not awake is asked for by visitors who come again and again. Who
 * stays away for a minute begins anew.
 */
public final class FirstAsked {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Beyond that, those who stay away are forgotten, and newcomers are not remembered. */
  private static final int MOST = 10_000;

  private record Visits(Instant first, Instant last) {
    Visits and(Instant now) {
      return goesOn(now) ? new Visits(first, now) : new Visits(now, now);
    }

    boolean goesOn(Instant now) {
      return Duration.between(last, now).abs().compareTo(PATIENCE) <= 0;
    }
  }

  private final ConcurrentHashMap<String, Visits> visits = new ConcurrentHashMap<>();

  /** Somebody asks now. */
  public Instant since(String service, Instant now) {
    if (visits.size() >= MOST && !visits.containsKey(service)) {
      visits.values().removeIf(one -> !one.goesOn(now));
      if (visits.size() >= MOST) {
        return now;
      }
    }
    return visits
        .compute(service, (name, known) -> known == null ? new Visits(now, now) : known.and(now))
        .first();
  }

  /** It is awake, or there is no such service any more. */
  public void forget(String service) {
    visits.remove(service);
  }
}
