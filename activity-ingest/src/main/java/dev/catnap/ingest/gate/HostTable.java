package dev.catnap.ingest.gate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which service has which host name. A look is one look into a map, or with wildcards one for each
 * label of the name, however many services there are.
 *
 * <pre>
 *   notes.example.org      that name
 *   *.example.org          names that end so, with one label more or several; the longest wins
 *   *                      every other name
 * </pre>
 *
 * <p>A host that several services claim belongs to the one defined last.
 */
public final class HostTable {
  /**
   * A host that several services claim.
   *
   * @param others who do not get it
   */
  public record Contest(String host, String winner, List<String> others) {}

  private record Owner(Instant definedAt, List<String> hosts) {}

  private static final Comparator<Map.Entry<String, Instant>> NEWEST =
      Map.Entry.<String, Instant>comparingByValue()
          .thenComparing(Map.Entry.<String, Instant>comparingByKey().reversed());

  private final Map<String, Owner> owners = new HashMap<>();
  private final Map<String, Map<String, Instant>> claims = new HashMap<>();

  /** What is asked for: names to services, and ends of names to services. */
  private final ConcurrentHashMap<String, String> names = new ConcurrentHashMap<>();

  private final ConcurrentHashMap<String, String> ends = new ConcurrentHashMap<>();

  /**
   * @param host in lower case, without a port
   * @return null: nobody has it
   */
  public @Nullable String serviceOf(String host) {
    String service = names.get(host);
    return service != null || ends.isEmpty() ? service : byEnd(host);
  }

  private @Nullable String byEnd(String host) {
    for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
      String service = ends.get(host.substring(dot));
      if (service != null) {
        return service;
      }
    }
    return ends.get("");
  }

  /**
   * Takes the hosts of a service in place of those it had.
   *
   * @param hosts in lower case
   * @return those of them that others claim as well; none when nothing is new
   */
  public synchronized List<Contest> define(String service, List<String> hosts, Instant definedAt) {
    Owner owner = new Owner(definedAt, hosts);
    Owner former = owners.get(service);
    if (owner.equals(former)) {
      return List.of();
    }
    Set<String> touched = new HashSet<>(hosts);
    touched.addAll(giveUp(service));
    owners.put(service, owner);
    for (String host : hosts) {
      claims.computeIfAbsent(host, name -> new HashMap<>()).put(service, definedAt);
    }
    touched.forEach(this::settle);
    return hosts.stream()
        .distinct()
        .filter(h -> claimsOf(h).size() > 1)
        .map(this::contest)
        .toList();
  }

  public synchronized void remove(String service) {
    giveUp(service).forEach(this::settle);
  }

  private List<String> giveUp(String service) {
    Owner owner = owners.remove(service);
    if (owner == null) {
      return List.of();
    }
    for (String host : owner.hosts()) {
      claims.computeIfPresent(host, (name, all) -> without(all, service));
    }
    return owner.hosts();
  }

  private static @Nullable Map<String, Instant> without(Map<String, Instant> all, String service) {
    all.remove(service);
    return all.isEmpty() ? null : all;
  }

  private Map<String, Instant> claimsOf(String host) {
    return claims.getOrDefault(host, Map.of());
  }

  /** Makes the winner of a host known. */
  private void settle(String host) {
    boolean wild = host.startsWith("*");
    Map<String, String> table = wild ? ends : names;
    String key = wild ? host.substring(1) : host;
    claimsOf(host).entrySet().stream()
        .max(NEWEST)
        .ifPresentOrElse(winner -> table.put(key, winner.getKey()), () -> table.remove(key));
  }

  private Contest contest(String host) {
    List<String> newestFirst = new ArrayList<>();
    claimsOf(host).entrySet().stream()
        .sorted(NEWEST.reversed())
        .forEach(claim -> newestFirst.add(claim.getKey()));
    return new Contest(host, newestFirst.getFirst(), newestFirst.subList(1, newestFirst.size()));
  }
}
