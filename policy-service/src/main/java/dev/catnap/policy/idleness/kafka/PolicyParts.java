package dev.catnap.policy.idleness.kafka;

import dev.catnap.kit.tracing.Traces;
import dev.catnap.policy.catalog.Fleet;
import dev.catnap.policy.idleness.LiveServices;
import dev.catnap.policy.rules.Limits;
import java.time.InstantSource;

/** What the processors of all partitions share. */
public record PolicyParts(
    Fleet fleet,
    FleetFeed fleetFeed,
    LiveServices live,
    Limits limits,
    PolicyMeters meters,
    Traces traces,
    InstantSource clock) {}
