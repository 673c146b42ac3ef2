package dev.catnap.cost.ledger;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What was made of the lines of parts of time, kept in memory with the change number it was made at
 * and of no use at any other. Of a part the last is kept; what was not asked for longest goes
 * first.
 *
 * @param <P> names a part
 */
public final class KeptParts<P, T> {
  private static final int ENTRY_BYTES = 160;

  private final long mostBytes;
  private final ToLongFunction<T> bytes;
  private final LinkedHashMap<P, Kept<T>> parts = new LinkedHashMap<>(16, 0.75f, true);
  private long size;

  private record Kept<T>(long change, T value, long bytes) {}

  /**
   * @param mostBytes that are kept, about
   * @param bytes of one, about
   */
  public KeptParts(long mostBytes, ToLongFunction<T> bytes) {
    this.mostBytes = mostBytes;
    this.bytes = bytes;
  }

  /** Null where it is not kept or was made at another change. */
  public synchronized @Nullable T find(P part, long change) {
    Kept<T> kept = parts.get(part);
    return kept == null || kept.change() != change ? null : kept.value();
  }

  public synchronized void keep(P part, long change, T value) {
    Kept<T> kept = new Kept<>(change, value, ENTRY_BYTES + bytes.applyAsLong(value));
    Kept<T> before = parts.put(part, kept);
    size += kept.bytes() - (before == null ? 0 : before.bytes());
    while (size > mostBytes) {
      Map.Entry<P, Kept<T>> eldest = Objects.requireNonNull(parts.pollFirstEntry());
      size -= eldest.getValue().bytes();
    }
  }
}
