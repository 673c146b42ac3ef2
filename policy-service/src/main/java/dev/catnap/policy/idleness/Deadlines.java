package dev.catnap.policy.idleness;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which services are due when: a tick touches only those that are. Not thread-safe. */
public final class Deadlines {
  private record Due(Instant at, String service) {}

  private final TreeSet<Due> order =
      new TreeSet<>(Comparator.comparing(Due::at).thenComparing(Due::service));
  private final Map<String, Due> byService = new HashMap<>();

  /** Replaces the deadline of a service; null: it has none. */
  public void set(String service, @Nullable Instant at) {
    Due former = byService.remove(service);
    if (former != null) {
      order.remove(former);
    }
    if (at != null) {
      Due due = new Due(at, service);
      byService.put(service, due);
      order.add(due);
    }
  }

  /** The services whose deadline is at or before {@code now}; they have none any more. */
  public List<String> takeDue(Instant now) {
    List<String> services = new ArrayList<>();
    while (!order.isEmpty() && !order.first().at().isAfter(now)) {
      Due due = order.removeFirst();
      byService.remove(due.service());
      services.add(due.service());
    }
    return services;
  }
}
