package dev.catnap.metrics.imports;

import dev.catnap.events.InvalidFieldException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How container history is written down. */
public enum ImportFormat {
  /** JSON lines of {@code docker events --format '{{json .}}'}. */
  DOCKER,
  /** {@code service,container,from,to,at} and optionally {@code host,reason,id}. */
  CSV;

  /**
   * @throws InvalidFieldException when there is no such format
   */
  public static ImportFormat named(@Nullable String name) {
    for (ImportFormat format : values()) {
      if (format.toString().equals(name)) {
        return format;
      }
    }
    throw new InvalidFieldException("format", "must be docker or csv", name);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
