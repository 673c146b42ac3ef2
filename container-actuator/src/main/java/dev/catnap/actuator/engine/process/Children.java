package dev.catnap.actuator.engine.process;

import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.engine.ContainerStatus;
import dev.catnap.actuator.engine.Health;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How remembered processes are; of those that this run started, also how they ended. */
final class Children {
  private final Map<String, Process> children = new ConcurrentHashMap<>();

  void add(String name, Process child) {
    children.put(name, child);
  }

  void remove(String name) {
    children.remove(name);
  }

  ContainerSnapshot snapshot(ProcessRecord record) {
    ProcStat stat = alive(record);
    ContainerStatus status =
        stat != null
            ? stat.isStopped() ? ContainerStatus.PAUSED : ContainerStatus.RUNNING
            : record.pid() == 0 ? ContainerStatus.CREATED : ContainerStatus.EXITED;
    return new ContainerSnapshot(
        record.name() + "@" + record.createdAt().toEpochMilli(),
        record.name(),
        status,
        Health.NONE,
        status == ContainerStatus.EXITED ? exitCode(record) : null,
        false,
        "127.0.0.1",
        null,
        stat == null ? null : record.pid(),
        record.createdAt(),
        record.startedAt(),
        null,
        null,
        null,
        Map.of("catnap.managed", "true", "catnap.service", record.service()));
  }

  /**
   * @return null when it runs no more, or its pid went to another
   */
  static @Nullable ProcStat alive(ProcessRecord record) {
    ProcStat stat = record.pid() == 0 ? null : ProcStat.read(record.pid());
    return stat == null || stat.hasEnded() || stat.startTicks() != record.startTicks()
        ? null
        : stat;
  }

  private @Nullable Integer exitCode(ProcessRecord record) {
    Process child = children.get(record.name());
    return child == null || child.pid() != record.pid() || child.isAlive()
        ? null
        : Integer.valueOf(child.exitValue());
  }
}
