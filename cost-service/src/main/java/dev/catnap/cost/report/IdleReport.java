package dev.catnap.cost.report;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * Idle of hosts.
 *
 * @param hosts all that had a container or are set, in order of name
 * @param shares by item, what of the idle above 0 is its share; they add up to it. Empty where
 *     nothing is shared out
 */
public record IdleReport(List<HostIdle> hosts, Map<String, BigDecimal> shares) {}
