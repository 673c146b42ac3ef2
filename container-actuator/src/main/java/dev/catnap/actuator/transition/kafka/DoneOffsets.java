package dev.catnap.actuator.transition.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which offsets may be committed while records are finished out of order: in each partition up to,
 * and not including, the first that is not done. Safe for use by several threads.
 */
final class DoneOffsets {
  private static final class Partition {
    private final TreeMap<Long, Boolean> open = new TreeMap<>();
    private long next;
    private long committed;
  }

  private final Map<Integer, Partition> partitions = new HashMap<>();

  synchronized void begin(int partition, long offset) {
    Partition state = partitions.computeIfAbsent(partition, number -> new Partition());
    state.open.put(offset, false);
    state.next = offset + 1;
  }

  /** An offset of a partition that was taken away meanwhile is passed over. */
  synchronized void done(int partition, long offset) {
    Partition state = partitions.get(partition);
    if (state != null) {
      state.open.computeIfPresent(offset, (key, done) -> true);
      while (!state.open.isEmpty() && state.open.firstEntry().getValue()) {
        state.open.pollFirstEntry();
      }
    }
  }

  /** What to commit of each partition where it moved since {@link #committed} was told. */
  synchronized Map<Integer, Long> committable() {
    Map<Integer, Long> offsets = new HashMap<>();
    partitions.forEach((number, state) -> {
      long position = state.open.isEmpty() ? state.next : state.open.firstKey();
      if (position > state.committed) {
        offsets.put(number, position);
      }
    });
    return offsets;
  }

  synchronized void committed(Map<Integer, Long> offsets) {
    offsets.forEach((number, offset) -> {
      Partition state = partitions.get(number);
      if (state != null) {
        state.committed = Math.max(state.committed, offset);
      }
    });
  }

  /** Begun and not done, or done behind one that is not. */
  synchronized int outstanding() {
    return partitions.values().stream().mapToInt(state -> state.open.size()).sum();
  }

  synchronized void forgetAll() {
    partitions.clear();
  }
}
