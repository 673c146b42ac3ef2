package dev.catnap.actuator.engine;

/**
 * @param kind {@code docker}, {@code process} or {@code memory}
 * @param hostName the machine it runs on, as it calls itself
 */
public record EngineInfo(String kind, String version, String hostName) {}
