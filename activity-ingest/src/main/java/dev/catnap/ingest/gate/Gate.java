package dev.catnap.ingest.gate;

import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides who passes, who waits and who is refused, from what is known and nothing else.
 *
 * <pre>
 *   not caught up yet                    refuse: what is known so far may be long past
 *   no such service                      refuse
 *   RUNNING, UNKNOWN                     pass, whether the broker is there or not
 *   anything else, broker there          hold, FAILED as well: demand tries again
 *   anything else, broker away           hold for the grace, for brokers do restart; then refuse
 *   marked as not waking                 the same, but refuse at once where others are held
 * </pre>
 *
 * @param brokerGrace how long the broker may be away before those who need it are refused
 */
public record Gate(Duration brokerGrace) {
  private static final Verdict PASS_RUNNING = new Verdict.Pass(RunState.RUNNING);
  private static final Verdict PASS_UNKNOWN = new Verdict.Pass(RunState.UNKNOWN);

  /** What to do with a request that arrives. */
  public Verdict decide(@Nullable Situation situation, String service, LogState log) {
    if (!log.caughtUp()) {
      return notCaughtUp();
    }
    if (situation == null || !situation.isKnown()) {
      return unknown(service);
    }
    if (situation.state().isAwake()) {
      return pass(situation);
    }
    if (log.awayFor().compareTo(brokerGrace) > 0) {
      return new Verdict.Refuse(
          Refusal.BROKER_AWAY,
          situation.state(),
          service + " is " + situation.state() + " and cannot be woken: the Kafka broker is away.");
    }
    return new Verdict.Hold(situation.state());
  }

  /**
   * What to do with a request that is marked as not waking.
   *
   * @param verdict on a request without a mark
   */
  public static Verdict marked(Verdict verdict, String service) {
    return switch (verdict) {
      case Verdict.Hold(RunState state) -> notWaking(state, service);
      case Verdict.Refuse(Refusal reason, RunState state, String text)
          when reason == Refusal.BROKER_AWAY ->
          notWaking(state, service);
      case Verdict.Pass _, Verdict.Refuse _ -> verdict;
    };
  }

  private static Verdict notWaking(RunState state, String service) {
    return new Verdict.Refuse(
        Refusal.NOT_WAKING,
        state,
        service + " is " + state + ", and this request is marked as one that does not wake it.");
  }

  /** What to say to a request for a host that nobody has. */
  public static Verdict.Refuse noSuchHost(String host, LogState log) {
    return log.caughtUp()
        ? new Verdict.Refuse(
            Refusal.UNKNOWN_HOST,
            RunState.UNKNOWN,
            "No service has the host '" + host + "' among the hosts of its definition.")
        : notCaughtUp();
  }

  private static Verdict.Refuse notCaughtUp() {
    return new Verdict.Refuse(
        Refusal.NOT_CAUGHT_UP,
        RunState.UNKNOWN,
        "Catnap has just started and has not read yet which services there are.");
  }

  /**
   * What a change means to somebody who waits.
   *
   * @param arrivedAt when that request came; a failure before it is not the answer to it
   * @return null: wait on
   */
  public @Nullable Verdict settle(
      @Nullable Situation situation, String service, Instant arrivedAt) {
    if (situation == null || !situation.isKnown()) {
      return unknown(service);
    }
    if (situation.state().isAwake()) {
      return pass(situation);
    }
    StateChange failure = situation.failure();
    return failure != null && failure.at().isAfter(arrivedAt) ? failed(situation, failure) : null;
  }

  /** What to say to somebody who has waited as long as may be. */
  public Verdict expire(@Nullable Situation situation, String service, Duration waited) {
    if (situation == null || !situation.isKnown()) {
      return unknown(service);
    }
    StateChange failure = situation.failure();
    String why = failure == null ? "" : " Its last failure: " + textOf(failure);
    return new Verdict.Refuse(
        Refusal.NOT_IN_TIME,
        situation.state(),
        service
            + " is "
            + situation.state()
            + " and was not ready within "
            + waited.toMillis()
            + " ms."
            + why);
  }

  /**
   * What to say to somebody who was refused and asks for the reason only; lets nobody through.
   *
   * @param verdict on that request if it arrived now
   */
  public static Verdict.Refuse explain(
      Verdict verdict, @Nullable Situation situation, String service) {
    StateChange failure = situation == null ? null : situation.failure();
    return switch (verdict) {
      case Verdict.Refuse refuse -> refuse;
      case Verdict.Pass(RunState state) ->
          new Verdict.Refuse(Refusal.AWAKE_AGAIN, state, service + " is awake now; ask again.");
      case Verdict.Hold(RunState state) when situation != null && failure != null ->
          failed(situation, failure);
      case Verdict.Hold(RunState state) ->
          new Verdict.Refuse(
              Refusal.NOT_IN_TIME, state, service + " is " + state + " and was not ready in time.");
    };
  }

  /** What to say when nobody more may wait. */
  public static Verdict full(String service) {
    return new Verdict.Refuse(
        Refusal.TOO_MANY_HELD,
        RunState.UNKNOWN,
        "Too many requests wait for " + service + " or for all services together.");
  }

  /** What to say to everybody when this process ends. */
  public static Verdict shuttingDown(String service) {
    return new Verdict.Refuse(
        Refusal.SHUTTING_DOWN, RunState.UNKNOWN, "Catnap is restarting; ask again for " + service);
  }

  private static Verdict pass(Situation situation) {
    return situation.state() == RunState.RUNNING ? PASS_RUNNING : PASS_UNKNOWN;
  }

  private static Verdict unknown(String service) {
    return new Verdict.Refuse(
        Refusal.UNKNOWN_SERVICE, RunState.UNKNOWN, "There is no service " + service + ".");
  }

  private static Verdict.Refuse failed(Situation situation, StateChange failure) {
    return new Verdict.Refuse(
        Refusal.WAKE_FAILED,
        situation.state(),
        situation.service() + " could not be woken: " + textOf(failure));
  }

  private static String textOf(StateChange failure) {
    return failure.failure() == null ? "no reason was given." : failure.failure();
  }
}
