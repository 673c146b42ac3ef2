package dev.catnap.ingest.gate;

import dev.catnap.events.StateChange;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All services and what is known of them. Asked by every request, so a look is one look into a map;
 * written by the threads that read the topics.
 */
public final class KnownServices {
  private final ConcurrentHashMap<String, Situation> situations = new ConcurrentHashMap<>();
  private volatile Consumer<String> listener = service -> {};

  /**
   * @param changed told of the service after each change, when {@link #of} shows it
   */
  public void onChange(Consumer<String> changed) {
    listener = changed;
  }

  public @Nullable Situation of(String service) {
    return situations.get(service);
  }

  /** How many services there are. */
  public long count() {
    return situations.values().stream().filter(Situation::isKnown).count();
  }

  public void defined(String service, Marks marks) {
    update(service, situation -> situation.defined(marks));
  }

  public void undefined(String service) {
    update(service, Situation::undefined);
  }

  public void changed(StateChange change) {
    update(change.service(), situation -> situation.with(change));
  }

  public void gone(String service, String container, Instant at) {
    update(service, situation -> situation.without(container, at));
  }

  private void update(String service, UnaryOperator<Situation> change) {
    situations.compute(
        service,
        (name, before) -> {
          Situation after = change.apply(before == null ? Situation.of(name) : before);
          return after.isForgettable() ? null : after;
        });
    listener.accept(service);
  }
}
