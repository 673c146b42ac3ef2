package dev.catnap.policy.idleness.kafka;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How the topology is run; the policy service's settings say more of each. */
public record StreamsSettings(
    String applicationId,
    @Nullable String instanceId,
    Path stateDirectory,
    Duration tick,
    Duration commitInterval,
    int threads,
    int standbyReplicas) {}
