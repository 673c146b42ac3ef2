package dev.catnap.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A port that stays the same over restarts, kept in a file beside the data. */
public final class RememberedPort {

  private RememberedPort() {}

  /**
   * The wanted port; or, when 0 is wanted, the one remembered if it is still free, else a new one.
   *
   * @param file where the choice is kept
   * @param wanted 0 to 65535; 0 leaves the choice to this method
   * @throws EmbeddedServerException when the wanted port is taken
   */
  public static int choose(Path file, String bindAddress, int wanted) {
    int port = wanted == 0 ? rememberedOrNew(file, bindAddress) : wanted;
    if (!FreePort.isFree(bindAddress, port)) {
      throw new EmbeddedServerException(
          "Port %d on %s is taken or not ours to use. Stop what listens there, or choose another port."
              .formatted(port, bindAddress));
    }
    remember(file, port);
    return port;
  }

  private static int rememberedOrNew(Path file, String bindAddress) {
    int remembered = read(file);
    return remembered > 0 && FreePort.isFree(bindAddress, remembered)
        ? remembered
        : FreePort.choose(bindAddress);
  }

  private static int read(Path file) {
    try {
      return Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : 0;
    } catch (IOException | NumberFormatException unreadable) {
      return 0;
    }
  }

  private static void remember(Path file, int port) {
    try {
      Files.writeString(file, port + "\n");
    } catch (IOException e) {
      throw new EmbeddedServerException("Cannot write " + file + ": " + e, e);
    }
  }
}
