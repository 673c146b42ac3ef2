package dev.catnap.actuator.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A container as the engine showed it at one moment.
 *
 * @param id the engine's own id; empty when absent
 * @param exitCode of the last run; null while it runs and where it never ran
 * @param oomKilled the last run was ended for want of memory
 * @param address its own address, reachable from the host; null where it has none
 * @param exposedPort the lowest port that its image exposes over TCP; null where none
 * @param stopGrace its own stop timeout; null: the engine's default
 * @param memoryLimitBytes null: no limit; {@code cpuLimitCores} likewise
 */
public record ContainerSnapshot(
    String id,
    String name,
    ContainerStatus status,
    Health health,
    @Nullable Integer exitCode,
    boolean oomKilled,
    @Nullable String address,
    @Nullable Integer exposedPort,
    @Nullable Long pid,
    @Nullable Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Duration stopGrace,
    @Nullable Long memoryLimitBytes,
    @Nullable Double cpuLimitCores,
    Map<String, String> labels) {
  public ContainerSnapshot {
    labels = Map.copyOf(labels);
  }

  /** A container of which only its condition is known, as lists and fakes give it. */
  public static ContainerSnapshot listed(
      String id,
      String name,
      ContainerStatus status,
      @Nullable String address,
      @Nullable Instant createdAt,
      Map<String, String> labels) {
    return new ContainerSnapshot(
        id,
        name,
        status,
        Health.NONE,
        null,
        false,
        address,
        null,
        null,
        createdAt,
        null,
        null,
        null,
        null,
        labels);
  }

  public static ContainerSnapshot absent(String name) {
    return listed("", name, ContainerStatus.ABSENT, null, null, Map.of());
  }

  public boolean exists() {
    return status != ContainerStatus.ABSENT;
  }

  public boolean isRunning() {
    return status == ContainerStatus.RUNNING;
  }

  public boolean isPaused() {
    return status == ContainerStatus.PAUSED;
  }

  /** Neither running nor paused, and not about to be. */
  public boolean isDown() {
    return switch (status) {
      case ABSENT, CREATED, EXITED, DEAD -> true;
      case RUNNING, PAUSED, RESTARTING -> false;
    };
  }

  /** How its last run ended, for a person; null when it ended well or has not ended. */
  public @Nullable String ending() {
    if (oomKilled) {
      return "killed for want of memory (OOM), exit code " + exitCode;
    }
    return ExitCodes.describe(exitCode);
  }
}
