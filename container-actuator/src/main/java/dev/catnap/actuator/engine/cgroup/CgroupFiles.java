package dev.catnap.actuator.engine.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Small files of the kernel: one number, lines of {@code key value}, or nothing at all. */
final class CgroupFiles {
  private CgroupFiles() {}

  /**
   * @return null where it cannot be read
   */
  static @Nullable String text(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException | SecurityException e) {
      return null;
    }
  }

  static List<String> lines(Path file) {
    String text = text(file);
    return text == null ? List.of() : text.lines().toList();
  }

  /** 0 where there is no number, such as {@code max}. */
  static long number(Path file) {
    return number(text(file));
  }

  static long number(@Nullable String text) {
    return text != null && !text.isEmpty() && text.chars().allMatch(Character::isDigit)
        ? parsed(text)
        : 0;
  }

  private static long parsed(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      // Above the range of long, as "no limit" is on some kernels.
      return Long.MAX_VALUE;
    }
  }

  /** The value of {@code key} in a file of {@code key value} lines; 0 where it is absent. */
  static long valueOf(List<String> lines, String key) {
    for (String line : lines) {
      if (line.startsWith(key)
          && line.length() > key.length()
          && line.charAt(key.length()) == ' ') {
        return number(line.substring(key.length() + 1));
      }
    }
    return 0;
  }
}
