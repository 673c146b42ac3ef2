package dev.catnap.policy.rules;

import dev.catnap.events.Hold;
import dev.catnap.events.InvalidFieldException;
import dev.catnap.events.Priority;
import dev.catnap.events.RunState;
import dev.catnap.policy.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules for a service that is awake, one a function; the list is the catalogue and the order.
 * The first that speaks decides.
 */
public final class SleepRules {
  public static final List<Rule> IN_ORDER =
      List.of(
          SleepRules::disabled,
          SleepRules::held,
          SleepRules::priority,
          SleepRules::unknownState,
          SleepRules::minSleepTime,
          SleepRules::inFlight,
          SleepRules::load,
          SleepRules::network,
          SleepRules::schedule,
          SleepRules::dependents,
          SleepRules::idleTimeout);

  private SleepRules() {}

  /** What the first rule that speaks says; the last one always does. */
  public static Verdict judge(Situation situation) {
    for (Rule rule : IN_ORDER) {
      Verdict verdict = rule.judge(situation);
      if (verdict != null) {
        return verdict;
      }
    }
    throw new IllegalStateException("idle_timeout always speaks");
  }

  /** What says that somebody uses it now, whatever the clock says; null: nothing does. */
  public static @Nullable Verdict inUse(Situation situation) {
    return Stream.<Rule>of(SleepRules::inFlight, SleepRules::load, SleepRules::network)
        .map(rule -> rule.judge(situation))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  static @Nullable Verdict disabled(Situation s) {
    if (s.policy() == null) {
      return Verdict.stay(
          "disabled", "it is not defined, so nothing puts it to sleep", Map.of(), null);
    }
    return s.policy().enabled()
        ? null
        : Verdict.stay("disabled", "its sleep policy is not enabled", Map.of(), null);
  }

  /**
   * Held awake: stays. Held asleep: sleeps at once unless somebody came, or it was started, since
   * the hold was set; then it sleeps again as the other rules have it, because demand still wakes
   * it.
   */
  static @Nullable Verdict held(Situation s) {
    Hold hold = s.hold();
    if (hold == null || !hold.holdsAt(s.now())) {
      return null;
    }
    Map<String, Object> numbers = Map.of("heldUntil", hold.until());
    if (hold.mode() == Hold.Mode.AWAKE) {
      return Verdict.stay(
          "held", "held awake by hand until " + hold.until(), numbers, hold.until());
    }
    boolean usedSince = s.holdSince() != null && s.idleSince().isAfter(s.holdSince());
    return usedSince || s.state() != RunState.RUNNING
        ? null
        : Verdict.sleep("held", "held asleep by hand until " + hold.until(), numbers);
  }

  static @Nullable Verdict priority(Situation s) {
    return s.policyOrDefault().priority() == Priority.HIGH
        ? Verdict.stay(
            "priority", "priority high is never put to sleep automatically", Map.of(), null)
        : null;
  }

  /** After a start of this service nothing sleeps before a whole idle window was seen. */
  static @Nullable Verdict unknownState(Situation s) {
    if (s.state() != RunState.RUNNING) {
      return Verdict.stay(
          "unknown_state", "its state is " + s.state() + ", not RUNNING", Map.of(), null);
    }
    Instant known = s.observedSince().plus(s.policyOrDefault().idleTimeout());
    return s.now().isBefore(known)
        ? Verdict.stay(
            "unknown_state",
            "observed only since " + s.observedSince() + ", less than one idle window",
            Map.of(
                "observedSeconds", seconds(s.observedSince(), s.now()),
                "idleTimeoutSeconds", seconds(s.policyOrDefault().idleTimeout())),
            known)
        : null;
  }

  static @Nullable Verdict minSleepTime(Situation s) {
    Instant last = s.lastActivity();
    Duration least = s.policyOrDefault().minSleepTime();
    if (last == null || !s.now().isBefore(last.plus(least))) {
      return null;
    }
    return Verdict.stay(
        "min_sleep_time",
        "used within the last " + least,
        Map.of("idleSeconds", seconds(last, s.now()), "minSleepTimeSeconds", seconds(least)),
        last.plus(least));
  }

  /**
   * Open requests as gateways report them; and connections, once a tunnel was seen to open. Without
   * that they say nothing: gateways keep idle ones open for the next request.
   */
  static @Nullable Verdict inFlight(Situation s) {
    Map<String, Object> numbers = new HashMap<>();
    numbers.put("inFlight", s.inFlight());
    Integer connections = s.tunnels().connections();
    if (connections != null) {
      numbers.put("connections", connections);
    }
    if (s.inFlight() > 0) {
      return Verdict.stay("in_flight", s.inFlight() + " requests are open", numbers, null);
    }
    if (!s.tunnels().open()) {
      return null;
    }
    String text =
        connections == null
            ? "a tunnel was opened and is not known to be closed"
            : connections + " connections are open since a tunnel was opened";
    return Verdict.stay("in_flight", text, numbers, s.tunnels().until());
  }

  static @Nullable Verdict load(Situation s) {
    double most = s.policyOrDefault().maxLoad();
    return s.load() != null && s.load() > most
        ? Verdict.stay(
            "load",
            "it uses %.3f of its CPU, more than %.3f".formatted(s.load(), most),
            Map.of("load", s.load(), "maxLoad", most),
            null)
        : null;
  }

  static @Nullable Verdict network(Situation s) {
    double most = s.limits().networkBytesPerSecond();
    return s.networkBytesPerSecond() != null && s.networkBytesPerSecond() > most
        ? Verdict.stay(
            "network",
            "%.0f bytes/s on its network, more than %.0f"
                .formatted(s.networkBytesPerSecond(), most),
            Map.of("bytesPerSecond", s.networkBytesPerSecond(), "maxBytesPerSecond", most),
            null)
        : null;
  }

  /** Windows that cannot be read keep it awake: what was meant is not known. */
  static @Nullable Verdict schedule(Situation s) {
    try {
      Schedule schedule = Schedule.parse(s.policyOrDefault().schedule());
      if (!schedule.isOpen(s.now())) {
        return null;
      }
      Instant until = schedule.closesAt(s.now());
      String text = until == null ? "in a window without end" : "in a window until " + until;
      return Verdict.stay(
          "schedule", text, until == null ? Map.of() : Map.of("windowUntil", until), until);
    } catch (InvalidFieldException e) {
      return Verdict.stay("schedule", String.valueOf(e.getMessage()), Map.of(), null);
    }
  }

  static @Nullable Verdict dependents(Situation s) {
    return s.awakeDependents().isEmpty()
        ? null
        : Verdict.stay(
            "dependents",
            "needed by " + String.join(", ", s.awakeDependents()),
            Map.of("dependents", s.awakeDependents()),
            null);
  }

  static Verdict idleTimeout(Situation s) {
    Duration timeout = s.policyOrDefault().idleTimeout();
    Instant due = s.idleSince().plus(timeout);
    Map<String, Object> numbers =
        Map.of(
            "idleSeconds", seconds(s.idleSince(), s.now()),
            "idleTimeoutSeconds", seconds(timeout));
    return s.now().isBefore(due)
        ? Verdict.stay("idle_timeout", "idle since " + s.idleSince(), numbers, due)
        : Verdict.sleep("idle_timeout", "idle since " + s.idleSince(), numbers);
  }

  private static double seconds(Instant from, Instant to) {
    return seconds(Duration.between(from, to));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
