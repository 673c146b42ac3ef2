package dev.catnap.cost.report;

import dev.catnap.cost.ledger.LedgerLines;
import dev.catnap.cost.ledger.Posting;
import dev.catnap.cost.pricing.Cost;
import dev.catnap.cost.pricing.Resource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * CPU and memory of items by host, while they are being summed. Idle of an asset = its cost - cost
 * of the workloads on it (OpenCost specification).
 */
final class HostSums {
  private static final int DECIMALS = 18;

  private final SortedMap<String, SortedMap<String, Cost>> items = new TreeMap<>();

  void add(String item, Posting posting) {
    if (posting.resource() == Resource.CPU || posting.resource() == Resource.MEMORY) {
      items
          .computeIfAbsent(posting.host(), any -> new TreeMap<>())
          .computeIfAbsent(item, any -> new Cost())
          .add(posting.resource(), posting.rate(), posting.quantity(), posting.awakeQuantity());
    }
  }

  IdleReport report(
      Collection<HostCapacity> known, Sharing sharing, Window window, LedgerLines pricing) {
    Map<String, HostCapacity> capacities = new HashMap<>();
    known.forEach(host -> capacities.put(host.name(), host));
    TreeSet<String> names = new TreeSet<>(items.keySet());
    names.addAll(capacities.keySet());
    List<HostIdle> hosts = new ArrayList<>();
    SortedMap<String, BigDecimal> shares = new TreeMap<>();
    for (String name : names) {
      Map<String, Cost> onHost = items.getOrDefault(name, new TreeMap<>());
      HostIdle host = idle(name, onHost.values(), capacities.get(name), window, pricing);
      hosts.add(host);
      if (sharing != Sharing.NONE && host.idle() != null && host.idle().signum() > 0) {
        share(host.idle(), onHost, sharing, shares);
      }
    }
    return new IdleReport(hosts, shares);
  }

  private static HostIdle idle(
      String name,
      Collection<Cost> workloads,
      @Nullable HostCapacity capacity,
      Window window,
      LedgerLines pricing) {
    BigDecimal usedCpu = sum(workloads, Resource.CPU);
    BigDecimal usedMemory = sum(workloads, Resource.MEMORY);
    BigDecimal used = usedCpu.add(usedMemory);
    if (capacity == null) {
      return new HostIdle(name, null, used, null, null, null, HostIdle.UNKNOWN);
    }
    Cost cost = new Cost();
    pricing.of(
        capacity.history(window),
        line -> cost.add(line.resource(), line.rate(), line.quantity(), line.awakeQuantity()));
    BigDecimal idleCpu = Money.round(cost.actual(Resource.CPU)).subtract(usedCpu);
    BigDecimal idleMemory = Money.round(cost.actual(Resource.MEMORY)).subtract(usedMemory);
    BigDecimal idle = idleCpu.add(idleMemory);
    return new HostIdle(name, used.add(idle), used, idle, idleCpu, idleMemory, null);
  }

  private static BigDecimal sum(Collection<Cost> costs, Resource resource) {
    return Money.round(
        costs.stream().map(cost -> cost.actual(resource)).reduce(BigDecimal.ZERO, BigDecimal::add));
  }

  private static void share(
      BigDecimal idle,
      Map<String, Cost> items,
      Sharing sharing,
      SortedMap<String, BigDecimal> shares) {
    List<String> names = List.copyOf(items.keySet());
    BigDecimal all =
        items.values().stream().map(Cost::actual).reduce(BigDecimal.ZERO, BigDecimal::add);
    boolean even = sharing == Sharing.EVEN || all.signum() == 0;
    BigDecimal whole = even ? BigDecimal.valueOf(Math.max(1, names.size())) : all;
    List<BigDecimal> exact =
        items.values().stream()
            .map(cost -> even ? BigDecimal.ONE : cost.actual())
            .map(part -> idle.multiply(part).divide(whole, DECIMALS, RoundingMode.DOWN))
            .toList();
    List<BigDecimal> shown = Money.apportion(exact, idle);
    for (int i = 0; i < shown.size(); i++) {
      shares.merge(names.get(i), shown.get(i), BigDecimal::add);
    }
  }
}
