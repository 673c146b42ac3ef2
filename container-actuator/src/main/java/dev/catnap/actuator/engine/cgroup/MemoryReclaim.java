package dev.catnap.actuator.engine.cgroup;

import dev.catnap.actuator.engine.Reclaim;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes memory back from a control group whose processes are frozen; its limits stay as they are.
 *
 * <p>Version 2 writes amounts to {@code memory.reclaim}, in steps of {@value #STEP_BYTES} bytes, so
 * that it can be abandoned between two. Version 1 has {@code memory.force_empty} only, which takes
 * all it can get in one write, whatever the target, and cannot be interrupted. Without swap either
 * gives back file cache alone.
 */
final class MemoryReclaim {
  private static final long STEP_BYTES = 16L << 20;

  /** So often in a row a step may free next to nothing before no more is to be had. */
  private static final int FRUITLESS = 2;

  private static final long NOTHING = 64L << 10;

  private MemoryReclaim() {}

  /**
   * @param group the container's directory
   * @param downTo bytes it may keep
   * @param abandoned asked before each step
   * @return null where the files are not there or may not be written
   */
  static @Nullable Reclaim version2(Path group, long downTo, BooleanSupplier abandoned) {
    Path control = group.resolve("memory.reclaim");
    Path usage = group.resolve("memory.current");
    if (!Files.isWritable(control)) {
      return null;
    }
    long before = CgroupFiles.number(usage);
    long now = before;
    int fruitless = 0;
    while (now > downTo && fruitless < FRUITLESS) {
      if (abandoned.getAsBoolean()) {
        return new Reclaim(before, now, false);
      }
      write(control, String.valueOf(Math.min(STEP_BYTES, now - downTo)));
      long next = CgroupFiles.number(usage);
      fruitless = now - next > NOTHING ? 0 : fruitless + 1;
      now = next;
    }
    return new Reclaim(before, now, true);
  }

  /**
   * @return null where the file is not there or may not be written, or nothing is above the target
   */
  static @Nullable Reclaim version1(Path group, long downTo, BooleanSupplier abandoned) {
    Path control = group.resolve("memory.force_empty");
    Path usage = group.resolve("memory.usage_in_bytes");
    long before = CgroupFiles.number(usage);
    if (!Files.isWritable(control) || before <= downTo) {
      return null;
    }
    if (abandoned.getAsBoolean()) {
      return new Reclaim(before, before, false);
    }
    write(control, "0");
    return new Reclaim(before, CgroupFiles.number(usage), true);
  }

  /** Whatever the kernel answers, what was got shows in the usage afterwards. */
  private static void write(Path file, String text) {
    try {
      Files.write(file, text.getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
    } catch (IOException | SecurityException e) {
      // Less than asked for, as without swap: told by EAGAIN or EBUSY.
    }
  }
}
