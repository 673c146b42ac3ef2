package dev.catnap.metrics.imports;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Ids that follow from what a line says: imported again, it counts once. */
public final class ImportIds {
  private ImportIds() {}

  public static String of(String... said) {
    String all = String.join("\u0001", said);
    return "import-" + UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8));
  }
}
