package dev.catnap.policy.idleness;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The newest facts of the services whose partitions are in this process, for readers. */
public final class LiveServices {
  /** One service, with what is kept in memory alone. */
  public record Live(ServiceFacts facts, Instant observedSince, RecentUses uses) {}

  private final Map<String, Live> services = new ConcurrentHashMap<>();

  public void put(Live live) {
    services.put(live.facts().service(), live);
  }

  public void remove(String service) {
    services.remove(service);
  }

  public @Nullable Live get(String service) {
    return services.get(service);
  }

  public int size() {
    return services.size();
  }
}
