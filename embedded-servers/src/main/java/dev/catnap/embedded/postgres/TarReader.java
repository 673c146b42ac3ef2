package dev.catnap.embedded.postgres;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * Unpacks the little of tar that the PostgreSQL archive uses: files, directories and symbolic links
 * with names up to 100 bytes. Anything else is an error, so a new archive cannot be unpacked half.
 */
final class TarReader {

  private static final int BLOCK = 512;
  private static final int EXECUTABLE_BY_OWNER = 0100;

  private final InputStream in;

  TarReader(InputStream in) {
    this.in = new BufferedInputStream(in, 1 << 16);
  }

  /** Unpacks the entries whose name is wanted. */
  void unpackTo(Path directory, Predicate<String> wanted) throws IOException {
    for (byte[] header = in.readNBytes(BLOCK); hasEntry(header); header = in.readNBytes(BLOCK)) {
      Entry entry = Entry.of(header);
      if (wanted.test(entry.name())) {
        unpack(entry, within(directory, entry.name()));
      } else {
        in.skipNBytes(entry.size());
      }
      in.skipNBytes((BLOCK - entry.size() % BLOCK) % BLOCK);
    }
  }

  private static boolean hasEntry(byte[] header) throws IOException {
    if (header.length < BLOCK) {
      throw new EOFException("The archive ends within an entry.");
    }
    return header[0] != 0;
  }

  private static Path within(Path directory, String name) throws IOException {
    Path target = directory.resolve(name).normalize();
    if (!target.startsWith(directory)) {
      throw new IOException("The archive's entry " + name + " leaves its directory.");
    }
    return target;
  }

  private void unpack(Entry entry, Path target) throws IOException {
    switch (entry.type()) {
      case '5' -> Files.createDirectories(target);
      case '2' -> Files.createSymbolicLink(parentOf(target), Path.of(entry.link()));
      case '0', '\0' -> unpackFile(entry, parentOf(target));
      default -> throw new IOException("Unexpected entry " + entry);
    }
  }

  private void unpackFile(Entry entry, Path target) throws IOException {
    try (OutputStream out = Files.newOutputStream(target)) {
      byte[] buffer = new byte[1 << 16];
      for (long left = entry.size(); left > 0; ) {
        int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (count < 0) {
          throw new EOFException("The archive ends within " + entry.name());
        }
        out.write(buffer, 0, count);
        left -= count;
      }
    }
    FileRights.readableByAll(target, (entry.mode() & EXECUTABLE_BY_OWNER) != 0);
  }

  private static Path parentOf(Path target) throws IOException {
    Path parent = target.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    return target;
  }

  private record Entry(String name, int mode, long size, char type, String link) {

    static Entry of(byte[] header) {
      return new Entry(
          text(header, 0, 100),
          (int) octal(header, 100, 8),
          octal(header, 124, 12),
          (char) header[156],
          text(header, 157, 100));
    }

    private static String text(byte[] header, int offset, int length) {
      int end = offset;
      while (end < offset + length && header[end] != 0) {
        end++;
      }
      return new String(Arrays.copyOfRange(header, offset, end), StandardCharsets.UTF_8);
    }

    private static long octal(byte[] header, int offset, int length) {
      String digits = text(header, offset, length).strip();
      return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }
  }
}
