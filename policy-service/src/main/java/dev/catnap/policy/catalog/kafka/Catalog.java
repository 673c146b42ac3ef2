package dev.catnap.policy.catalog.kafka;

import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.kafka.Records;
import dev.catnap.events.kafka.Topics;
import dev.catnap.kit.http.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The definitions, to read and to write: what was written can be read when the call returns. */
public final class Catalog {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final FleetView view;
  private final LogWriter writer;
  private final Duration within;

  /**
   * @param within how long to wait for one's own writing
   */
  public Catalog(FleetView view, LogWriter writer, Duration within) {
    this.view = view;
    this.writer = writer;
    this.within = within;
  }

  /**
   * The definition that stands; null: none.
   *
   * @throws ProblemException 503 while the definitions are not read yet
   */
  public @Nullable ServiceDefinition find(String name) {
    return loaded().fleet().definition(name);
  }

  /** All definitions, in the order of their names. */
  public List<ServiceDefinition> all() {
    return loaded().fleet().definitions();
  }

  /** Writes it, whatever stood before. */
  public void put(ServiceDefinition definition) {
    writer.write(List.of(Records.write(Topics.SERVICES, definition, LogWriter.SOURCE)));
    awaitReadable(definition.name(), definition);
  }

  public void remove(String name) {
    writer.write(List.of(Records.remove(Topics.SERVICES, name)));
    awaitReadable(name, null);
  }

  /** Another may write at the same time: then it is theirs that is read, and that is right. */
  private void awaitReadable(String name, @Nullable ServiceDefinition written) {
    try {
      view.await(() -> Objects.equals(view.fleet().definition(name), written), within);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private FleetView loaded() {
    if (view.isCaughtUp()) {
      return view;
    }
    try {
      if (view.await(view::isCaughtUp, RETRY_AFTER)) {
        return view;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw ProblemException.unavailable("the definitions are not read yet", RETRY_AFTER);
  }
}
