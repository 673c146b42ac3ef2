package dev.catnap.policy.idleness;

import dev.catnap.events.Action;
import java.time.Instant;
import java.util.Map;

/** Why the newest command was given, for people. */
public record LastDecision(
    Action action, String rule, String text, Map<String, Object> numbers, Instant at) {}
