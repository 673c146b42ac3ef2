package dev.catnap.policy.idleness.kafka;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How the topology is run; the policy service's settings say more of each.
 *
 * @param advertised {@code host:port} for the other instances, known once the server listens
 */
public record StreamsSettings(
    String applicationId,
    @Nullable String instanceId,
    Path stateDirectory,
    Duration tick,
    Duration commitInterval,
    int threads,
    int standbyReplicas,
    Duration sessionTimeout,
    Supplier<@Nullable String> advertised) {}
