package dev.catnap.policy.rules;

import dev.catnap.events.Hold;
import dev.catnap.events.Priority;
import dev.catnap.events.RunState;
import dev.catnap.events.SleepPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A service that has been idle for long and that only idle_timeout has a word for. */
public final class SituationFixture {
  public static final Instant NOW = Instant.parse("2026-03-04T12:00:00Z");

  private Instant now = NOW;
  private SleepPolicy policy = policy();
  private Hold hold;
  private Instant holdSince;
  private RunState state = RunState.RUNNING;
  private Instant stateSince = NOW.minus(Duration.ofDays(1));
  private Instant observedSince = NOW.minus(Duration.ofDays(1));
  private Instant lastActivity = NOW.minus(Duration.ofHours(1));
  private int inFlight;
  private Double load;
  private Double network;
  private Tunnels tunnels = Tunnels.NONE;
  private List<String> dependents = List.of();

  private SituationFixture() {}

  public static SituationFixture idle() {
    return new SituationFixture();
  }

  /** Idle timeout 10 min, least time 2 min, load 0.1. */
  public static SleepPolicy policy() {
    return SleepPolicy.DEFAULT;
  }

  public static SleepPolicy scheduled(String... windows) {
    return new SleepPolicy(
        true,
        Duration.ofMinutes(10),
        Duration.ofMinutes(2),
        null,
        Priority.NORMAL,
        0.1,
        null,
        List.of(windows));
  }

  SituationFixture at(Instant time) {
    now = time;
    return this;
  }

  SituationFixture policy(SleepPolicy value) {
    policy = value;
    return this;
  }

  SituationFixture priority(Priority priority) {
    SleepPolicy p = policy();
    policy =
        new SleepPolicy(
            p.enabled(), p.idleTimeout(), p.minSleepTime(), null, priority, 0.1, null, List.of());
    return this;
  }

  SituationFixture disabled() {
    SleepPolicy p = policy();
    policy =
        new SleepPolicy(
            false, p.idleTimeout(), p.minSleepTime(), null, Priority.NORMAL, 0.1, null, List.of());
    return this;
  }

  SituationFixture held(Hold.Mode mode, Instant since, Instant until) {
    hold = new Hold(mode, until);
    holdSince = since;
    return this;
  }

  SituationFixture state(RunState value, Instant since) {
    state = value;
    stateSince = since;
    return this;
  }

  SituationFixture observedSince(Instant value) {
    observedSince = value;
    return this;
  }

  SituationFixture lastUsed(Instant value) {
    lastActivity = value;
    return this;
  }

  SituationFixture inFlight(int value) {
    inFlight = value;
    return this;
  }

  public SituationFixture load(double value) {
    load = value;
    return this;
  }

  public SituationFixture network(double value) {
    network = value;
    return this;
  }

  SituationFixture connections(int value) {
    tunnels = new Tunnels(value, false, null, null);
    return this;
  }

  public SituationFixture tunnels(int connections) {
    tunnels = new Tunnels(connections, true, null, null);
    return this;
  }

  SituationFixture tunnelClosed(Instant at) {
    tunnels = new Tunnels(0, false, null, at);
    return this;
  }

  SituationFixture neededBy(String... names) {
    dependents = List.of(names);
    return this;
  }

  public Situation build() {
    return new Situation(
        now,
        policy,
        hold,
        holdSince,
        state,
        stateSince,
        observedSince,
        lastActivity,
        inFlight,
        load,
        network,
        tunnels,
        dependents,
        Limits.DEFAULT);
  }

  Verdict judged() {
    return SleepRules.judge(build());
  }
}
