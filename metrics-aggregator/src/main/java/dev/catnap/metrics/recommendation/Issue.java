package dev.catnap.metrics.recommendation;

/**
 * One thing that is wrong with a service.
 *
 * @param code the kind, such as {@code high_memory}
 * @param detail what was seen, with its numbers
 * @param advice what to do about it
 */
public record Issue(String code, Severity severity, String detail, String advice) {}
