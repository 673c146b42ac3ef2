package dev.catnap.ingest.gate;

import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a visitor is told of a service that is being woken.
 *
 * @param state as far as is known
 * @param askedSince since when somebody has been asking for it, at most {@code now}
 * @param usual how long it usually takes from there; null: that is not known
 * @param trouble why it cannot be woken, for a person; null: it can, as far as is known
 */
public record Waking(
    String service,
    RunState state,
    Instant askedSince,
    Instant now,
    @Nullable Duration usual,
    @Nullable String trouble) {
  /**
   * @param refusal why the request was not let through
   * @param firstAsked since when visitors ask
   */
  public static Waking of(
      @Nullable Situation situation,
      String service,
      Verdict.Refuse refusal,
      WakeTimes times,
      Instant firstAsked,
      Instant now) {
    RunState state = situation == null ? refusal.state() : situation.state();
    RunState from = situation == null ? state : situation.wokenFrom();
    Instant since = since(situation, firstAsked);
    return new Waking(
        service,
        state,
        since.isAfter(now) ? now : since,
        now,
        times.usual(service, from),
        trouble(situation, refusal));
  }

  /** Somebody else may have asked before the first visitor. */
  private static Instant since(@Nullable Situation situation, Instant firstAsked) {
    if (situation == null || situation.state() != RunState.WAKING) {
      return firstAsked;
    }
    return situation.containers().values().stream()
        .filter(change -> change.to() == RunState.WAKING)
        .map(StateChange::at)
        .filter(at -> at.isBefore(firstAsked))
        .min(Instant::compareTo)
        .orElse(firstAsked);
  }

  private static @Nullable String trouble(@Nullable Situation situation, Verdict.Refuse refusal) {
    StateChange failure = situation == null ? null : situation.failure();
    if (failure != null) {
      return failure.failure() == null ? "No reason was given." : failure.failure();
    }
    return switch (refusal.reason()) {
      case NOT_IN_TIME, TOO_MANY_HELD, AWAKE_AGAIN -> null;
      default -> refusal.text();
    };
  }
}
