package dev.catnap.actuator.engine.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.BlkioStatEntry;
import com.github.dockerjava.api.model.MemoryStatsConfig;
import com.github.dockerjava.api.model.Statistics;
import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.engine.NetworkReading;
import dev.catnap.actuator.engine.Reclaim;
import dev.catnap.actuator.engine.UsageReading;
import dev.catnap.actuator.engine.cgroup.CgroupReader;
import dev.catnap.actuator.engine.cgroup.Freezer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What a container uses: from the kernel's files, else from the engine's statistics. */
final class DockerUsage {
  private final DockerConnection connection;
  private final DeadlineCalls calls;
  private final Duration within;
  private final InstantSource clock;
  private final CgroupReader files = new CgroupReader();

  DockerUsage(
      DockerConnection connection, DeadlineCalls calls, Duration within, InstantSource clock) {
    this.connection = connection;
    this.calls = calls;
    this.within = within;
    this.clock = clock;
  }

  @Nullable UsageReading read(ContainerSnapshot container) {
    if (container.isDown() || container.id().isEmpty()) {
      return null;
    }
    UsageReading fromFiles = files.read(container.id(), clock.instant());
    return fromFiles != null ? fromFiles : fromEngine(container);
  }

  /**
   * @return null where the kernel's files are not to be seen: the engine tells nothing of
   *     connections, and its statistics take a second
   */
  @Nullable NetworkReading network(ContainerSnapshot container) {
    return container.isDown() || container.id().isEmpty() ? null : files.network(container.id());
  }

  @Nullable Reclaim reclaim(ContainerSnapshot container, long downTo, BooleanSupplier abandoned) {
    return container.isPaused() ? files.reclaim(container.id(), downTo, abandoned) : null;
  }

  /**
   * @return null where it is not to be seen
   */
  @Nullable Freezer freezer(@Nullable String containerId) {
    return containerId == null ? null : files.freezer(containerId);
  }

  private @Nullable UsageReading fromEngine(ContainerSnapshot container) {
    AtomicReference<@Nullable Statistics> first = new AtomicReference<>();
    try {
      calls.call(
          "stats",
          within,
          () ->
              connection
                  .streams()
                  .statsCmd(container.id())
                  .withNoStream(true)
                  .exec(
                      new ResultCallback.Adapter<Statistics>() {
                        @Override
                        public void onNext(Statistics statistics) {
                          first.compareAndSet(null, statistics);
                        }
                      })
                  .awaitCompletion(within.toMillis(), TimeUnit.MILLISECONDS));
    } catch (RuntimeException e) {
      throw Failures.of("stats of " + container.name(), e);
    }
    Statistics statistics = first.get();
    return statistics == null ? null : reading(container, statistics, clock.instant());
  }

  private static UsageReading reading(
      ContainerSnapshot container, Statistics statistics, Instant at) {
    MemoryStatsConfig memory = statistics.getMemoryStats();
    return new UsageReading(
        container.id() + "/" + container.startedAt(),
        at,
        statistics.getCpuStats() == null || statistics.getCpuStats().getCpuUsage() == null
            ? 0
            : orZero(statistics.getCpuStats().getCpuUsage().getTotalUsage()),
        container.cpuLimitCores(),
        memory == null ? 0 : orZero(memory.getUsage()),
        memory == null ? 0 : inactiveFile(memory),
        container.memoryLimitBytes(),
        statistics.getPidsStats() == null ? 0 : orZero(statistics.getPidsStats().getCurrent()),
        network(statistics, true),
        network(statistics, false),
        blocks(statistics, "read"),
        blocks(statistics, "write"),
        null);
  }

  /** v1 calls it {@code total_inactive_file}, v2 {@code inactive_file}. */
  private static long inactiveFile(MemoryStatsConfig memory) {
    if (memory.getStats() == null) {
      return 0;
    }
    Long total = memory.getStats().getTotalInactiveFile();
    return total != null ? total : orZero(memory.getStats().getInactiveFile());
  }

  private static long network(Statistics statistics, boolean received) {
    return statistics.getNetworks() == null
        ? 0
        : statistics.getNetworks().values().stream()
            .mapToLong(card -> orZero(received ? card.getRxBytes() : card.getTxBytes()))
            .sum();
  }

  private static long blocks(Statistics statistics, String operation) {
    List<BlkioStatEntry> entries =
        statistics.getBlkioStats() == null
            ? null
            : statistics.getBlkioStats().getIoServiceBytesRecursive();
    return entries == null
        ? 0
        : entries.stream()
            .filter(entry -> operation.equalsIgnoreCase(entry.getOp()))
            .mapToLong(entry -> orZero(entry.getValue()))
            .sum();
  }

  private static long orZero(@Nullable Long value) {
    return value == null ? 0 : value;
  }
}
