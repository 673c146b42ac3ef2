package dev.catnap.actuator.engine.docker;

import java.time.Duration;

/**
 * @param host such as {@code unix:///var/run/docker.sock} or {@code tcp://10.0.0.5:2375}
 * @param callTimeout for each call but stops and pulls
 * @param pullTimeout for fetching one image
 * @param logMaxSize of one log file of a created container, in Docker's notation
 * @param logMaxFiles how many log files a created container keeps
 */
public record DockerSettings(
    String host, Duration callTimeout, Duration pullTimeout, String logMaxSize, int logMaxFiles) {
  public static final String DEFAULT_HOST = "unix:///var/run/docker.sock";

  public static DockerSettings of(String host) {
    return new DockerSettings(host, Duration.ofSeconds(20), Duration.ofMinutes(5), "10m", 3);
  }
}
