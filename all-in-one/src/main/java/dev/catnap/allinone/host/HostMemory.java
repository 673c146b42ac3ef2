package dev.catnap.allinone.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Memory as the kernel tells it; all zero where it does not.
 *
 * @param availableBytes free, or given up when asked for
 */
public record HostMemory(long totalBytes, long availableBytes, long swapTotalBytes) {
  private static final Path MEMINFO = Path.of("/proc/meminfo");

  public static HostMemory read() {
    try {
      String text = Files.readString(MEMINFO);
      return new HostMemory(
          bytes(text, "MemTotal"), bytes(text, "MemAvailable"), bytes(text, "SwapTotal"));
    } catch (IOException notLinux) {
      return new HostMemory(0, 0, 0);
    }
  }

  /** Resident bytes of a process of this host; 0 when it is gone. */
  public static long residentBytes(long pid) {
    try {
      return bytes(Files.readString(Path.of("/proc", Long.toString(pid), "status")), "VmRSS");
    } catch (IOException gone) {
      return 0;
    }
  }

  private static long bytes(String text, String name) {
    Matcher matcher = Pattern.compile("(?m)^" + name + ":\\s+(\\d+) kB").matcher(text);
    return matcher.find() ? Long.parseLong(matcher.group(1)) * 1024 : 0;
  }
}
