package dev.catnap.actuator.engine.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.actuator.engine.Reclaim;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On files that stand for the kernel's. */
class MemoryReclaimTest {
  private static final long MIB = 1L << 20;

  @TempDir Path group;

  private final AtomicInteger looks = new AtomicInteger();

  private void file(String name, long content) {
    write(name, String.valueOf(content));
  }

  private void write(String name, String content) {
    try {
      Files.writeString(group.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String asked(String name) throws IOException {
    return Files.readString(group.resolve(name));
  }

  @Test
  void version2_stopsWhereNothingMoreIsToBeHad() {
    write("memory.reclaim", "");
    file("memory.current", 40 * MIB);
    Reclaim reclaim =
        MemoryReclaim.version2(
            group,
            0,
            () -> {
              file("memory.current", (40 - 16L * Math.min(looks.incrementAndGet(), 2)) * MIB);
              return false;
            });
    assertThat(reclaim).isEqualTo(new Reclaim(40 * MIB, 8 * MIB, true));
    assertThat(looks.get()).isEqualTo(4);
  }

  @Test
  void version2_asksForNoMoreThanIsAboveTheReservation() throws IOException {
    write("memory.reclaim", "");
    file("memory.current", 20 * MIB);
    MemoryReclaim.version2(group, 15 * MIB, () -> looks.getAndIncrement() > 0);
    assertThat(asked("memory.reclaim")).isEqualTo(String.valueOf(5 * MIB));
  }

  @Test
  void version2_leavesOffBetweenTwoSteps() {
    write("memory.reclaim", "");
    file("memory.current", 40 * MIB);
    assertThat(MemoryReclaim.version2(group, 0, () -> looks.getAndIncrement() > 0).complete())
        .isFalse();
  }

  @Test
  void abandonedBeforeItBegan_nothingIsTaken() throws IOException {
    write("memory.reclaim", "");
    write("memory.force_empty", "");
    file("memory.current", MIB);
    file("memory.usage_in_bytes", MIB);
    Reclaim nothing = new Reclaim(MIB, MIB, false);
    assertThat(MemoryReclaim.version2(group, 0, () -> true)).isEqualTo(nothing);
    assertThat(MemoryReclaim.version1(group, 0, () -> true)).isEqualTo(nothing);
    assertThat(asked("memory.reclaim") + asked("memory.force_empty")).isEmpty();
  }

  @Test
  void whatIsWithinItsReservation_isLeftAlone() throws IOException {
    write("memory.reclaim", "");
    write("memory.force_empty", "");
    file("memory.current", MIB);
    file("memory.usage_in_bytes", MIB);
    assertThat(MemoryReclaim.version2(group, MIB, () -> false).freedBytes()).isZero();
    assertThat(MemoryReclaim.version1(group, MIB, () -> false)).isNull();
    assertThat(asked("memory.reclaim") + asked("memory.force_empty")).isEmpty();
  }

  @Test
  void withoutTheKernelsFiles_itIsNotDone() {
    assertThat(MemoryReclaim.version2(group, 0, () -> false)).isNull();
    assertThat(MemoryReclaim.version1(group, 0, () -> false)).isNull();
  }
}
