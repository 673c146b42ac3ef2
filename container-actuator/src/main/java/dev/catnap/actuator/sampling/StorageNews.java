package dev.catnap.actuator.sampling;

import dev.catnap.events.ResourceSample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of the storage that was measured is to be told, and how.
 *
 * <table>
 * <caption>Of a container that</caption>
 * <tr><td>runs or sleeps</td><td>each measure, once, with the next sample</td></tr>
 * <tr><td>is stopped</td><td>what differs from what was told last, and all once a day, as a sample
 * of its own</td></tr>
 * <tr><td>is gone</td><td>0, once: a level stands until the next one</td></tr>
 * </table>
 */
public final class StorageNews {
  /** Records are lost, and not kept for ever. */
  private static final Duration TOLD_AGAIN_AFTER = Duration.ofDays(1);

  private record Told(String service, String container, long number, Instant at, long bytes) {}

  private final String host;
  private final StorageMeasure measure;
  private final Map<String, Told> told;

  private StorageNews(String host, StorageMeasure measure, Map<String, Told> told) {
    this.host = host;
    this.measure = measure;
    this.told = told;
  }

  /** Nothing measured and nothing told. */
  public static StorageNews none() {
    return new StorageNews("", StorageMeasure.NONE, new HashMap<>());
  }

  /** Of the newest measure of a host; what was told stays told. */
  public StorageNews with(String ofHost, StorageMeasure newest) {
    return new StorageNews(ofHost, newest, told);
  }

  /** The sample, with what is to be told of its container; that counts as told then. */
  public ResourceSample added(ResourceSample sample) {
    Long bytes = measure.bytes().get(sample.container());
    Told last = told.get(key(sample.service(), sample.container()));
    if (bytes == null || (last != null && last.number() == measure.number())) {
      return sample;
    }
    tell(sample.service(), sample.container(), bytes);
    return sample.withStorage(bytes);
  }

  /**
   * A sample of a container that is stopped.
   *
   * @return null where there is nothing new
   */
  public @Nullable ResourceSample ofStopped(String service, String container) {
    Long bytes = measure.bytes().get(container);
    Told last = told.get(key(service, container));
    if (bytes == null || (last != null && last.bytes() == bytes && !isOld(last))) {
      return null;
    }
    return tell(service, container, bytes);
  }

  private boolean isOld(Told last) {
    return !measure.at().isBefore(last.at().plus(TOLD_AGAIN_AFTER));
  }

  /**
   * Samples of those that were gone when it was measured, which are forgotten.
   *
   * @param ours keys of all containers that there are, {@code service/container}
   */
  public List<ResourceSample> ofGone(Set<String> ours) {
    List<ResourceSample> gone = new ArrayList<>();
    for (Map.Entry<String, Told> entry : List.copyOf(told.entrySet())) {
      Told last = entry.getValue();
      if (!ours.contains(entry.getKey()) && !measure.bytes().containsKey(last.container())) {
        gone.add(tell(last.service(), last.container(), 0));
        told.remove(entry.getKey());
      }
    }
    return gone;
  }

  private ResourceSample tell(String service, String container, long bytes) {
    told.put(
        key(service, container),
        new Told(service, container, measure.number(), measure.at(), bytes));
    return ResourceSample.ofStorage(service, container, host, measure.at(), bytes);
  }

  private static String key(String service, String container) {
    return service + "/" + container;
  }
}
