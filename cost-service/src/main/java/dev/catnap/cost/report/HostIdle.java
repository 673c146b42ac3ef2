package dev.catnap.cost.report;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What of a host nobody had. {@code cost = workloads + idle}, as shown and for each resource.
 *
 * @param cost of the host over the whole window; null, as {@code idle}: its capacity is not known
 * @param workloads CPU and memory of all containers on it
 * @param idle below 0 where more is set aside than there is
 * @param reason why it is not known
 */
public record HostIdle(
    String host,
    @Nullable BigDecimal cost,
    BigDecimal workloads,
    @Nullable BigDecimal idle,
    @Nullable BigDecimal idleCpu,
    @Nullable BigDecimal idleMemory,
    @Nullable String reason) {
  static final String UNKNOWN = "its capacity is not set: catnap.cost-service.hosts.NAME";
}
