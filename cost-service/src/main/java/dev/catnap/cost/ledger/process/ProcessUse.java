package dev.catnap.cost.ledger.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** CPU time and resident memory of this process, as its operating system counts them. */
public final class ProcessUse {
  private static final Path STATUS = Path.of("/proc/self/status");

  /** When it started; as exact as the system tells, a hundredth of a second on Linux. */
  public Instant startedAt() {
    return ProcessHandle.current().info().startInstant().orElseThrow();
  }

  public String name() {
    return "pid-" + ProcessHandle.current().pid();
  }

  /** CPU time since the start, of all threads; in steps of 10 ms on Linux. */
  public Duration cpuTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Resident memory; empty where the system has no {@code /proc}. */
  public OptionalLong residentBytes() {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
