package dev.catnap.policy.idleness;

import dev.catnap.policy.rules.Limits;
import dev.catnap.policy.rules.Situation;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings facts into the form that the rules judge. */
public final class Situations {
  private Situations() {}

  public static Situation at(Instant now, ServiceFacts facts, Surroundings around) {
    ServiceState state = facts.state();
    Limits limits = around.limits();
    List<InFlightReport> open =
        facts.inFlight().values().stream()
            .filter(report -> report.countsAt(now, limits.inFlightReportAge()))
            .toList();
    List<UsageFact> fresh =
        facts.usage().values().stream()
            .filter(usage -> usage.isFresh(now, limits.sampleAge()))
            .toList();
    return new Situation(
        now,
        facts.policy(),
        facts.hold(),
        facts.holdSince(),
        state.runState(),
        since(state),
        around.observedSince(),
        facts.lastActivity(),
        open.stream().mapToInt(InFlightReport::count).sum(),
        load(fresh),
        network(fresh),
        OpenTunnels.at(now, facts.tunnels(), since(state), fresh, limits),
        around.fleet().awakeDependents(facts.service()),
        limits);
  }

  /** When it came to its state; null where that is not known. */
  public static @Nullable Instant since(ServiceState state) {
    return switch (state) {
      case ServiceState.Unknown _ -> null;
      case ServiceState.Running running -> running.since();
      case ServiceState.Waking waking -> waking.since();
      case ServiceState.Resting resting -> resting.since();
    };
  }

  private static @Nullable Double load(Collection<UsageFact> fresh) {
    return fresh.isEmpty() ? null : fresh.stream().mapToDouble(UsageFact::load).max().orElseThrow();
  }

  private static @Nullable Double network(Collection<UsageFact> fresh) {
    return fresh.isEmpty()
        ? null
        : fresh.stream().mapToDouble(UsageFact::networkBytesPerSecond).sum();
  }
}
