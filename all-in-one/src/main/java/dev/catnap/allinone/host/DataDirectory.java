package dev.catnap.allinone.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where everything is kept: broker, database, logs. */
public final class DataDirectory {
  private DataDirectory() {}

  /** Why Catnap cannot keep its data there; null when it can. Creates nothing that stays. */
  public static @Nullable String problem(Path directory) {
    Path existing = directory.toAbsolutePath().normalize();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    if (!Files.isDirectory(existing)) {
      return existing + " is not a directory";
    }
    try {
      Files.delete(Files.createTempFile(existing, ".catnap", ".probe"));
      return null;
    } catch (IOException e) {
      return existing + " cannot be written: " + e.getMessage();
    }
  }
}
