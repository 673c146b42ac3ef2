package dev.catnap.testkit.docker;

import dev.catnap.testkit.Programs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The host's busybox, which must be static: the image holds no libraries. */
final class StaticBusybox {

  private static final int MAGIC = 0x464c457f; // 0x7f E L F, little endian
  private static final int PROGRAM_INTERPRETER = 3;
  private static final String INSTALL = " Install the Debian package busybox-static.";

  private StaticBusybox() {}

  static Path find() throws IOException {
    Path busybox =
        Programs.find("busybox")
            .orElseThrow(() -> new IllegalStateException("There is no busybox." + INSTALL));
    if (!isStatic(busybox)) {
      throw new IllegalStateException(busybox + " needs shared libraries." + INSTALL);
    }
    return busybox;
  }

  /** Whether a 64-bit little-endian ELF file names no interpreter (dynamic linker). */
  static boolean isStatic(Path program) throws IOException {
    try (FileChannel file = FileChannel.open(program)) {
      ByteBuffer header = read(file, 0, 64);
      if (header.getInt(0) != MAGIC) {
        return false;
      }
      long table = header.getLong(32);
      int entrySize = Short.toUnsignedInt(header.getShort(54));
      int entries = Short.toUnsignedInt(header.getShort(56));
      for (int entry = 0; entry < entries; entry++) {
        if (read(file, table + (long) entry * entrySize, 4).getInt(0) == PROGRAM_INTERPRETER) {
          return false;
        }
      }
      return true;
    }
  }

  private static ByteBuffer read(FileChannel file, long position, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining() && file.read(buffer, position + buffer.position()) >= 0) {}
    return buffer;
  }
}
