package dev.catnap.policy.idleness;

import dev.catnap.events.Action;
import dev.catnap.events.Hold;
import dev.catnap.events.InvalidFieldException;
import dev.catnap.events.Priority;
import dev.catnap.events.Reason;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.SleepPolicy;
import dev.catnap.policy.idleness.ServiceState.Resting;
import dev.catnap.policy.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules for a service that rests, one a function; the first that speaks decides. They wake what
 * should be awake and take the next step of the ladder down.
 */
final class RestRules {
  /** One reason to leave the present rest. */
  interface RestRule {
    /** What it asks for; null: nothing, ask the next. */
    @Nullable Want judge(Resting resting, ServiceFacts facts, Instant now, Surroundings around);
  }

  static final List<RestRule> IN_ORDER =
      List.of(
          RestRules::held,
          RestRules::missedDemand,
          RestRules::autoStart,
          RestRules::unanswered,
          RestRules::schedule,
          RestRules::dependents,
          RestRules::stopAfter);

  /** Put to sleep by the policy itself, not by a person. */
  private static final Set<Reason> AUTOMATIC =
      Set.of(Reason.IDLE, Reason.PRESSURE, Reason.STOP_AFTER, Reason.PREDICTION);

  private RestRules() {}

  static @Nullable Want judge(
      Resting resting, ServiceFacts facts, Instant now, Surroundings around) {
    for (RestRule rule : IN_ORDER) {
      Want want = rule.judge(resting, facts, now, around);
      if (want != null) {
        return want;
      }
    }
    return null;
  }

  private static @Nullable Want held(
      Resting resting, ServiceFacts facts, Instant now, Surroundings around) {
    Hold hold = facts.hold();
    if (hold == null
        || !facts.isHeld(Hold.Mode.AWAKE, now)
        || resting instanceof ServiceState.Failed) {
      return null;
    }
    return Want.of(
        Action.WAKE,
        Reason.MANUAL,
        "held",
        "held awake by hand until " + hold.until(),
        Map.of("heldUntil", hold.until()));
  }

  /** Used after it fell asleep, though the news of the two came the other way round. */
  private static @Nullable Want missedDemand(
      Resting resting, ServiceFacts facts, Instant now, Surroundings around) {
    Instant demand = facts.lastDemand();
    return demand != null && demand.isAfter(resting.since())
        ? Want.onMissedDemand(demand, facts.demandId())
        : null;
  }

  /** Announced as not created yet, and to be started without waiting for the first use. */
  private static @Nullable Want autoStart(
      Resting resting, ServiceFacts facts, Instant now, Surroundings around) {
    ServiceDefinition definition = facts.definition();
    return definition != null
            && definition.autoStart()
            && isOursToMake(definition)
            && resting instanceof ServiceState.Stopped stopped
            && stopped.neverRan()
            && !facts.isHeld(Hold.Mode.ASLEEP, now)
        ? Want.of(Action.WAKE, Reason.MANUAL, "auto_start", "auto_start is on", Map.of())
        : null;
  }

  /** A local process has a command in place of an image; what has neither is adopted. */
  private static boolean isOursToMake(ServiceDefinition definition) {
    return definition.isCreatable() || !definition.container().command().isEmpty();
  }

  /** A wake that nothing followed is asked for again. */
  private static @Nullable Want unanswered(
      Resting resting, ServiceFacts facts, Instant now, Surroundings around) {
    Issued issued = facts.issued();
    LastDecision decision = facts.lastDecision();
    if (issued == null || decision == null || !issued.stands(resting.changeId(), Action.WAKE)) {
      return null;
    }
    Reason reason =
        switch (issued.rule()) {
          case "demand" -> Reason.ACTIVITY;
          case "schedule" -> Reason.SCHEDULE;
          case "dependents" -> Reason.DEPENDENCY;
          default -> Reason.MANUAL;
        };
    boolean demanded = reason == Reason.ACTIVITY;
    return new Want(
        Action.WAKE,
        reason,
        issued.rule(),
        decision.text(),
        decision.numbers(),
        false,
        demanded ? facts.demandId() : null,
        demanded ? facts.lastDemand() : null);
  }

  /** A window that began since it rests wakes it, though not before its least time asleep. */
  private static @Nullable Want schedule(
      Resting resting, ServiceFacts facts, Instant now, Surroundings around) {
    SleepPolicy policy = facts.policy();
    if (policy == null || !policy.enabled() || !isSettled(resting)) {
      return null;
    }
    if (facts.isHeld(Hold.Mode.ASLEEP, now)
        || now.isBefore(resting.since().plus(policy.minSleepTime()))) {
      return null;
    }
    Instant opened = scheduleOf(policy).openedAt(now);
    return opened != null && opened.isAfter(resting.since())
        ? Want.of(
            Action.WAKE,
            Reason.SCHEDULE,
            "schedule",
            "a window began at " + opened,
            Map.of("windowFrom", opened))
        : null;
  }

  /** Windows that cannot be read wake nobody. */
  static Schedule scheduleOf(SleepPolicy policy) {
    try {
      return Schedule.parse(policy.schedule());
    } catch (InvalidFieldException e) {
      return Schedule.parse(List.of());
    }
  }

  /** Never asleep by itself while a dependent is awake; what a person put to sleep stays so. */
  private static @Nullable Want dependents(
      Resting resting, ServiceFacts facts, Instant now, Surroundings around) {
    Reason reason =
        switch (resting) {
          case ServiceState.Sleeping sleeping -> sleeping.reason();
          case ServiceState.Stopped stopped -> stopped.reason();
          case ServiceState.FallingAsleep _, ServiceState.Failed _ -> Reason.EXTERNAL;
        };
    if (!AUTOMATIC.contains(reason)) {
      return null;
    }
    List<String> names = around.fleet().awakeDependents(facts.service());
    return names.isEmpty()
        ? null
        : Want.of(
            Action.WAKE,
            Reason.DEPENDENCY,
            "dependents",
            "needed by " + String.join(", ", names),
            Map.of("dependents", names));
  }

  private static @Nullable Want stopAfter(
      Resting resting, ServiceFacts facts, Instant now, Surroundings around) {
    Instant due = stopDue(resting, facts);
    return due == null || now.isBefore(due)
        ? null
        : Want.of(
            Action.STOP,
            Reason.STOP_AFTER,
            "stop_after",
            "asleep since " + resting.since(),
            Map.of("asleepSeconds", Duration.between(resting.since(), now).toMillis() / 1000.0));
  }

  /** When a sleeper takes the next step down; null: never. */
  static @Nullable Instant stopDue(Resting resting, ServiceFacts facts) {
    SleepPolicy policy = facts.policy();
    if (policy == null || !policy.enabled() || policy.priority() == Priority.HIGH) {
      return null;
    }
    Duration after = policy.stopAfter();
    return after != null && resting instanceof ServiceState.Sleeping
        ? resting.since().plus(after)
        : null;
  }

  /** When the next window wakes it; null: none does. */
  static @Nullable Instant scheduleDue(Resting resting, ServiceFacts facts) {
    SleepPolicy policy = facts.policy();
    if (policy == null || !policy.enabled() || !isSettled(resting)) {
      return null;
    }
    Instant opening = scheduleOf(policy).nextOpening(resting.since());
    Instant earliest = resting.since().plus(policy.minSleepTime());
    return opening == null || opening.isAfter(earliest) ? opening : earliest;
  }

  private static boolean isSettled(Resting resting) {
    return resting instanceof ServiceState.Sleeping || resting instanceof ServiceState.Stopped;
  }
}
