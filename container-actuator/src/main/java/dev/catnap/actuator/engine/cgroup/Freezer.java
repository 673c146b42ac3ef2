package dev.catnap.actuator.engine.cgroup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Whether the kernel lets a container's processes run.
 *
 * <p>The file stays open, so that a look is one small read: whoever looks while the engine works
 * takes its processor time.
 */
public final class Freezer implements AutoCloseable {
  private static final int LONGEST = 256;

  private final FileChannel file;
  private final String thawed;
  private final ByteBuffer buffer = ByteBuffer.allocate(LONGEST);

  private Freezer(FileChannel file, String thawed) {
    this.file = file;
    this.thawed = thawed;
  }

  /** {@code freezer.state} holds THAWED, FREEZING or FROZEN. */
  static @Nullable Freezer version1(Path group) {
    return open(group.resolve("freezer.state"), "THAWED");
  }

  /** {@code cgroup.events} holds the line {@code frozen 0} or {@code frozen 1}. */
  static @Nullable Freezer version2(Path group) {
    return open(group.resolve("cgroup.events"), "frozen 0");
  }

  private static @Nullable Freezer open(Path file, String thawed) {
    try {
      return new Freezer(FileChannel.open(file, StandardOpenOption.READ), thawed);
    } catch (IOException | SecurityException e) {
      return null;
    }
  }

  /** False also where that cannot be read. For one thread. */
  public boolean isThawed() {
    try {
      buffer.clear();
      int length = file.read(buffer, 0);
      return length > 0
          && new String(buffer.array(), 0, length, StandardCharsets.US_ASCII).contains(thawed);
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      // It was only read.
    }
  }
}
