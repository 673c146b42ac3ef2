package dev.catnap.actuator.engine.cgroup;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Which sockets processes hold open: their descriptors are links to {@code socket:[4711]}. */
public final class SocketInodes {
  private static final String PREFIX = "socket:[";

  private SocketInodes() {}

  /** Of those processes whose descriptors may be read. */
  public static Set<Long> of(Path proc, Collection<String> pids) {
    Set<Long> inodes = new HashSet<>();
    for (String pid : pids) {
      collect(proc.resolve(pid).resolve("fd"), inodes);
    }
    return inodes;
  }

  private static void collect(Path descriptors, Set<Long> into) {
    try (DirectoryStream<Path> links = Files.newDirectoryStream(descriptors)) {
      for (Path link : links) {
        String target = target(link);
        if (target.startsWith(PREFIX)) {
          into.add(CgroupFiles.number(target.substring(PREFIX.length(), target.length() - 1)));
        }
      }
    } catch (IOException | SecurityException e) {
      // It ended meanwhile, or is not ours to read.
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }
}
