package dev.catnap.actuator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.actuator.engine.StorageShares.Holder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorageSharesTest {
  private static Holder holder(String name, long bytes, String... volumes) {
    return new Holder(name, bytes, Set.of(volumes));
  }

  @Test
  void aContainer_holdsItsLayer_andItsVolumes() {
    assertThat(
            StorageShares.of(
                List.of(holder("web", 7, "data", "logs"), holder("idle", 0)),
                Map.of("data", 100L, "logs", 20L, "nobodys", 9L)))
        .isEqualTo(Map.of("web", 127L, "idle", 0L));
  }

  @Test
  void aVolumeOfSeveral_isSharedEvenly_andOddBytesGoToTheFirstByName() {
    assertThat(
            StorageShares.of(
                List.of(holder("c", 1, "data"), holder("a", 1, "data"), holder("b", 1, "data")),
                Map.of("data", 101L)))
        .isEqualTo(Map.of("a", 35L, "b", 35L, "c", 34L));
  }

  @Test
  void aVolumeWhoseSizeIsNotKnown_countsAsNothing() {
    assertThat(StorageShares.of(List.of(holder("web", 7, "remote")), Map.of()))
        .isEqualTo(Map.of("web", 7L));
  }

  /** Whatever the sizes, nothing is counted twice and nothing is lost. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 1_000_003, Long.MAX_VALUE / 4})
  void theParts_addUpToTheVolume(long bytes) {
    Map<String, Long> shares =
        StorageShares.of(
            List.of(
                holder("a", 0, "one", "two"), holder("b", 0, "one"), holder("c", 0, "one", "two")),
            Map.of("one", bytes, "two", bytes));
    assertThat(shares.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(2 * bytes);
  }
}
