package dev.catnap.actuator.engine.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.UpdateContainerCmd;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Info;
import dev.catnap.actuator.engine.Limits;
import org.jspecify.annotations.Nullable;

/**
 * Limits of a container that exists, as {@code docker update} sets them: at once, whether it runs,
 * is paused or down.
 *
 * <p>Memory goes together with what it may swap, else the engine refuses it ("should be smaller
 * than already set memoryswap"), and is kept above the reservation. A container limited by quota
 * stays so: the engine does not let it change over.
 */
final class Limiting {
  private static final long DEFAULT_PERIOD_MICROS = 100_000;

  private Limiting() {}

  static void update(DockerClient client, String name, Limits limits) {
    HostConfig is = client.inspectContainerCmd(name).exec().getHostConfig();
    UpdateContainerCmd update = client.updateContainerCmd(name);
    Long memory = limits.memoryBytes();
    if (memory != null) {
      memory(update, is, memory == Limits.ALL_MEMORY ? memoryOf(client) : memory);
    }
    Double cores = limits.cpuCores();
    if (cores != null) {
      cpu(update, is, cores == Limits.ALL_CORES ? coresOf(client) : cores);
    }
    update.exec();
  }

  private static long memoryOf(DockerClient client) {
    Info info = client.infoCmd().exec();
    return info.getMemTotal() == null ? Limits.ALL_MEMORY : info.getMemTotal();
  }

  private static double coresOf(DockerClient client) {
    Info info = client.infoCmd().exec();
    return info.getNCPU() == null ? 1 : info.getNCPU();
  }

  private static void memory(UpdateContainerCmd update, HostConfig is, long bytes) {
    update.withMemory(bytes).withMemorySwap(swap(is, bytes));
    Long reservation = is.getMemoryReservation();
    if (reservation != null && reservation > bytes) {
      update.withMemoryReservation(bytes);
    }
  }

  /** None and as much as it wants stay so; else as much again, the engine's default. */
  private static long swap(HostConfig is, long bytes) {
    Long swap = is.getMemorySwap();
    if (swap != null && swap == -1) {
      return -1;
    }
    boolean none = positive(swap) && positive(is.getMemory()) && swap.equals(is.getMemory());
    return none ? bytes : bytes * 2;
  }

  private static void cpu(UpdateContainerCmd update, HostConfig is, double cores) {
    if (positive(is.getCpuQuota())) {
      long period = positive(is.getCpuPeriod()) ? is.getCpuPeriod() : DEFAULT_PERIOD_MICROS;
      update.withCpuPeriod(period).withCpuQuota(Math.round(cores * period));
    } else {
      update.withNanoCPUs(Math.round(cores * 1e9));
    }
  }

  private static boolean positive(@Nullable Long value) {
    return value != null && value > 0;
  }
}
