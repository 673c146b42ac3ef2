package dev.catnap.actuator.discovery.http;

import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A managed container.
 *
 * @param state as last published, {@code since} when
 * @param engineState as the engine says, in lower case
 * @param source {@code labels} or {@code definition}
 * @param memoryLimitBytes null: no limit, {@code cpuLimitCores} likewise
 * @param ip its own address; null where it has none
 * @param failure why the last change failed, where it did
 */
public record ContainerView(
    String service,
    String container,
    String host,
    RunState state,
    @Nullable Instant since,
    String engineState,
    String source,
    @Nullable Long memoryLimitBytes,
    @Nullable Double cpuLimitCores,
    @Nullable String ip,
    @Nullable String failure) {
  static ContainerView of(
      String service,
      ContainerSnapshot container,
      boolean labelled,
      String host,
      @Nullable StateChange last) {
    return new ContainerView(
        service,
        container.name(),
        host,
        last == null ? RunState.UNKNOWN : last.to(),
        last == null ? null : last.at(),
        container.status().name().toLowerCase(Locale.ROOT),
        labelled ? "labels" : "definition",
        container.memoryLimitBytes(),
        container.cpuLimitCores(),
        container.address(),
        last == null ? null : last.failure());
  }
}
