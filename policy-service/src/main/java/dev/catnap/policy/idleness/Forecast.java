package dev.catnap.policy.idleness;

import dev.catnap.events.Action;
import dev.catnap.events.Hold;
import dev.catnap.policy.idleness.ServiceState.Resting;
import dev.catnap.policy.rules.SleepRules;
import dev.catnap.policy.rules.Verdict;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What will happen next to a service if nobody uses it, when, and by which rule.
 *
 * @param action null: nothing by itself
 * @param at null where the rule cannot say when
 */
public record Forecast(
    @Nullable Action action,
    @Nullable Instant at,
    String rule,
    String text,
    Map<String, Object> numbers) {
  /** Rules that follow one another in time; more cannot be, there are eleven. */
  private static final int MOST_STEPS = 24;

  public static Forecast of(ServiceFacts facts, Instant now, Surroundings around) {
    return switch (facts.state()) {
      case ServiceState.Unknown _ ->
          nothing("unknown_state", "its state is not known, so it counts as awake");
      case ServiceState.Waking _ -> nothing("demand", "it is waking");
      case ServiceState.Running _ -> ofRunning(facts, now, around);
      case Resting resting -> ofResting(resting, facts, now, around);
    };
  }

  private static Forecast nothing(String rule, String text) {
    return new Forecast(null, null, rule, text, Map.of());
  }

  /** Follows the rules through time: each stay leads to the moment when its rule falls silent. */
  private static Forecast ofRunning(ServiceFacts facts, Instant now, Surroundings around) {
    Instant at = now;
    Verdict verdict = SleepRules.judge(Situations.at(at, facts, around));
    for (int step = 0; step < MOST_STEPS && !verdict.sleep(); step++) {
      Instant until = verdict.until();
      if (until == null) {
        return new Forecast(null, null, verdict.rule(), verdict.text(), verdict.numbers());
      }
      at = until;
      verdict = SleepRules.judge(Situations.at(at, facts, around));
    }
    return new Forecast(
        verdict.sleep() ? Action.SLEEP : null,
        verdict.sleep() ? at : null,
        verdict.rule(),
        verdict.text(),
        verdict.numbers());
  }

  private static Forecast ofResting(
      Resting resting, ServiceFacts facts, Instant now, Surroundings around) {
    Want want = RestRules.judge(resting, facts, now, around);
    if (want != null) {
      return new Forecast(want.action(), now, want.rule(), want.text(), want.numbers());
    }
    Instant stop = RestRules.stopDue(resting, facts);
    Instant wake =
        facts.isHeld(Hold.Mode.ASLEEP, now) ? null : RestRules.scheduleDue(resting, facts);
    if (wake != null && wake.isAfter(now) && (stop == null || wake.isBefore(stop))) {
      return new Forecast(
          Action.WAKE, wake, "schedule", "a window begins", Map.of("windowFrom", wake));
    }
    if (stop != null) {
      return new Forecast(
          Action.STOP,
          stop,
          "stop_after",
          "asleep since " + resting.since(),
          Map.of("asleepSince", resting.since()));
    }
    return nothing("demand", "it rests until somebody asks for it");
  }
}
