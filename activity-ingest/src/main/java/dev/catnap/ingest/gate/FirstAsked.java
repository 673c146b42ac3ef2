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

  private record Visits(Instant first, Instant last) {
    Visits and(Instant now) {
      boolean goesOn = Duration.between(last, now).abs().compareTo(PATIENCE) <= 0;
      return goesOn ? new Visits(first, now) : new Visits(now, now);
    }
  }

  private final ConcurrentHashMap<String, Visits> visits = new ConcurrentHashMap<>();

  /** Somebody asks now. */
  public Instant since(String service, Instant now) {
    return visits
        .compute(service, (name, known) -> known == null ? new Visits(now, now) : known.and(now))
        .first();
  }

  /** It is awake, or there is no such service any more. */
  public void forget(String service) {
    visits.remove(service);
  }
}
