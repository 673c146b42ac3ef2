package dev.catnap.actuator.engine;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who holds how much disk. A volume is shared evenly among the containers that use it, whether they
 * run or not, so that the parts add up to the volume.
 *
 * <pre>
 *  volume of 100 bytes, used by a, b and c:  a 34, b 33, c 33
 * </pre>
 */
public final class StorageShares {
  private StorageShares() {}

  /**
   * A container.
   *
   * @param ownBytes what it holds alone, 0 or more
   * @param volumes names of those it uses
   */
  public record Holder(String container, long ownBytes, Set<String> volumes) {
    public Holder {
      volumes = Set.copyOf(volumes);
    }
  }

  /**
   * @param volumeBytes size of each volume; one that is not in it counts as nothing
   * @return bytes by container
   */
  public static Map<String, Long> of(Collection<Holder> holders, Map<String, Long> volumeBytes) {
    Map<String, Long> shares = new TreeMap<>();
    holders.forEach(holder -> shares.put(holder.container(), holder.ownBytes()));
    volumeBytes.forEach((volume, bytes) -> share(bytes, users(holders, volume), shares));
    return shares;
  }

  private static List<String> users(Collection<Holder> holders, String volume) {
    return holders.stream()
        .filter(holder -> holder.volumes().contains(volume))
        .map(Holder::container)
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  /** Bytes that cannot be shared go to the first ones by name, one each. */
  private static void share(long bytes, List<String> users, Map<String, Long> into) {
    for (int i = 0; i < users.size(); i++) {
      long odd = i < bytes % users.size() ? 1 : 0;
      into.merge(users.get(i), bytes / users.size() + odd, Long::sum);
    }
  }
}
