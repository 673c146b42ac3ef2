package dev.catnap.policy.idleness;

import dev.catnap.events.Action;
import dev.catnap.events.Activity;
import dev.catnap.events.ActivityKind;
import dev.catnap.events.Reason;
import dev.catnap.policy.idleness.ServiceState.Resting;
import dev.catnap.policy.rules.Limits;
import dev.catnap.policy.rules.SleepRules;
import dev.catnap.policy.rules.Verdict;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides what an event means for a service. A function: the same facts, event and surroundings
 * give the same decision.
 *
 * <p>A use decides at once whether to wake. Everything else is a reason to review the service: the
 * {@link SleepRules} where it runs, the {@link RestRules} where it rests.
 */
public final class IdlePolicy {
  private IdlePolicy() {}

  /**
   * @param facts as they are after the event
   */
  public static Decision decide(ServiceFacts facts, PolicyEvent event, Surroundings around) {
    return switch (event) {
      case PolicyEvent.Used(Activity activity, Instant now) -> demand(facts, activity, now, around);
      case PolicyEvent.Measured _, PolicyEvent.Commanded _ -> Decision.NOTHING;
      case PolicyEvent.Changed _, PolicyEvent.Gone _, PolicyEvent.Defined _, PolicyEvent.Ticked _ ->
          review(facts, event.now(), around);
    };
  }

  /**
   * Wakes at once what rests, and takes back a sleep that was commanded but did not begin yet.
   *
   * <p>Old news wakes nobody: a use from before the sleep began had its part in the decision to
   * sleep. Only one that is older by no more than the clocks of two hosts may differ still wakes,
   * because it may be newer in truth and somebody waits. A heartbeat keeps an awake service awake
   * but does not wake: what only says that it is alive asks for nothing.
   */
  private static Decision demand(
      ServiceFacts facts, Activity activity, Instant now, Surroundings around) {
    if (activity.kind() == ActivityKind.HEARTBEAT) {
      return Decision.NOTHING;
    }
    Instant at = Evolution.timeOf(activity, now);
    Instant oldest = at.plus(around.limits().clockSkew());
    Want wake = Want.onDemand(at, activity.id());
    return switch (facts.state()) {
      case Resting resting when !oldest.isBefore(resting.since()) ->
          wake(wake, resting, facts, now, around);
      case ServiceState.Running running when takesBackSleep(running, facts, oldest) ->
          CommandBook.give(wake, running.changeId(), facts, now, around);
      // The actuator waits before it starts again what died; who asks for it need not.
      case ServiceState.Waking(Instant since, String changeId, boolean afterCrash)
          when afterCrash && !oldest.isBefore(since) ->
          CommandBook.give(wake, changeId, facts, now, around);
      default -> Decision.NOTHING;
    };
  }

  private static boolean takesBackSleep(
      ServiceState.Running running, ServiceFacts facts, Instant oldest) {
    Issued issued = facts.issued();
    return issued != null
        && issued.position().equals(running.changeId())
        && issued.action() != Action.WAKE
        && !oldest.isBefore(issued.at());
  }

  /** A service that fails is woken again at once, but not faster than its failures. */
  private static Decision wake(
      Want want, Resting resting, ServiceFacts facts, Instant now, Surroundings around) {
    Issued former = facts.issued();
    if (resting instanceof ServiceState.Failed && former != null) {
      Instant earliest = former.at().plus(around.limits().failedWakePause());
      if (now.isBefore(earliest)) {
        return Decision.reviewAt(earliest);
      }
    }
    return CommandBook.give(want, resting.changeId(), facts, now, around);
  }

  private static Decision review(ServiceFacts facts, Instant now, Surroundings around) {
    return switch (facts.state()) {
      case ServiceState.Unknown _, ServiceState.Waking _ -> Decision.NOTHING;
      case ServiceState.Running running -> reviewRunning(running, facts, now, around);
      case Resting resting -> reviewResting(resting, facts, now, around);
    };
  }

  private static Decision reviewRunning(
      ServiceState.Running running, ServiceFacts facts, Instant now, Surroundings around) {
    Verdict verdict = SleepRules.judge(Situations.at(now, facts, around));
    if (!verdict.sleep()) {
      return Decision.reviewAt(nextLook(verdict, now.plus(around.limits().recheck())));
    }
    Reason reason = verdict.rule().equals("held") ? Reason.MANUAL : Reason.IDLE;
    Want sleep = Want.of(Action.SLEEP, reason, verdict.rule(), verdict.text(), verdict.numbers());
    return CommandBook.give(sleep, running.changeId(), facts, now, around);
  }

  /** A sample, which causes no review by itself, may end a tunnel sooner than it is believed in. */
  private static Instant nextLook(Verdict verdict, Instant recheck) {
    Instant until = verdict.until();
    boolean sooner = verdict.rule().equals("in_flight") && until != null && recheck.isBefore(until);
    return until == null || sooner ? recheck : until;
  }

  private static Decision reviewResting(
      Resting resting, ServiceFacts facts, Instant now, Surroundings around) {
    Want want = RestRules.judge(resting, facts, now, around);
    if (want == null) {
      return Decision.reviewAt(nextReview(resting, facts, now, around.limits()));
    }
    return want.action() == Action.WAKE
        ? wake(want, resting, facts, now, around)
        : CommandBook.give(want, resting.changeId(), facts, now, around);
  }

  /** Dependents change on other partitions, so they are looked at from time to time. */
  private static @Nullable Instant nextReview(
      Resting resting, ServiceFacts facts, Instant now, Limits limits) {
    Instant recheck = facts.definition() == null ? null : now.plus(limits.recheck());
    return Stream.of(
            RestRules.stopDue(resting, facts), RestRules.scheduleDue(resting, facts), recheck)
        .filter(Objects::nonNull)
        .filter(due -> due.isAfter(now))
        .min(Instant::compareTo)
        .orElse(null);
  }
}
