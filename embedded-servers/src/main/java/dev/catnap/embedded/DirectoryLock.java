package dev.catnap.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second process, or a second server in this process, off a data directory.
 *
 * <p>The lock is the operating system's, so it ends with the process however that dies; the file
 * stays behind and means nothing by itself.
 */
public final class DirectoryLock implements AutoCloseable {

  private static final String FILE = "in-use.lock";

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Locks the directory, which is created when it is missing.
   *
   * @param server what uses the directory, for the message
   * @throws EmbeddedServerException when it is in use, or cannot be created or written
   */
  public static DirectoryLock acquire(Path directory, String server) {
    Path file = directory.resolve(FILE);
    try {
      Files.createDirectories(directory);
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw inUse(directory, server, file);
      }
      channel.truncate(0);
      channel.write(StandardCharsets.UTF_8.encode(Long.toString(ProcessHandle.current().pid())), 0);
      return new DirectoryLock(channel);
    } catch (IOException e) {
      throw new EmbeddedServerException(
          server + ": the data directory " + directory + " cannot be created or written: " + e, e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  private static EmbeddedServerException inUse(Path directory, String server, Path file)
      throws IOException {
    String owner = Files.readString(file).strip();
    return new EmbeddedServerException(
        "%s: the data directory %s is in use by process %s. Stop that process, or choose another data directory."
            .formatted(server, directory, owner.isEmpty() ? "(unknown)" : owner));
  }

  /** Releases the lock. Doing so twice is harmless. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new EmbeddedServerException("A directory lock cannot be released: " + e, e);
    }
  }
}
