package dev.catnap.policy.idleness;

import dev.catnap.events.Hold;
import dev.catnap.events.Priority;
import dev.catnap.events.RunState;
import dev.catnap.policy.rules.Situation;
import dev.catnap.policy.rules.SleepRules;
import dev.catnap.policy.rules.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which services a command to all is for, and why the others are left out. Rules of time do not
 * count: the operator wants it now.
 */
public final class BulkPlan {
  /**
   * One service.
   *
   * @param rule why it is left out; null: it is commanded
   */
  public record Row(String service, @Nullable String rule, @Nullable String why) {
    public boolean isCommanded() {
      return rule == null;
    }
  }

  private record Objection(String rule, String why) {}

  private BulkPlan() {}

  /** Sleep: those that nothing but time keeps awake, once those that need them sleep as well. */
  public static List<Row> sleep(Map<String, Situation> services) {
    Map<String, Objection> objections = new LinkedHashMap<>();
    services.forEach((service, situation) -> put(objections, service, toSleep(situation)));
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Map.Entry<String, Situation> entry : services.entrySet()) {
        if (objections.containsKey(entry.getKey())) {
          continue;
        }
        List<String> awake =
            entry.getValue().awakeDependents().stream()
                .filter(name -> objections.containsKey(name) || !services.containsKey(name))
                .toList();
        if (!awake.isEmpty()) {
          objections.put(
              entry.getKey(), new Objection("dependents", "needed by " + String.join(", ", awake)));
          changed = true;
        }
      }
    }
    return rows(services, objections);
  }

  /** Wake: those that rest. */
  public static List<Row> wake(Map<String, Situation> services) {
    Map<String, Objection> objections = new LinkedHashMap<>();
    services.forEach((service, situation) -> put(objections, service, toWake(situation)));
    return rows(services, objections);
  }

  private static void put(
      Map<String, Objection> objections, String service, @Nullable Objection objection) {
    if (objection != null) {
      objections.put(service, objection);
    }
  }

  private static @Nullable Objection toSleep(Situation s) {
    if (s.state() != RunState.RUNNING) {
      return new Objection("unknown_state", "it is " + s.state());
    }
    if (s.policy() == null || !s.policy().enabled()) {
      return new Objection(
          "disabled", s.policy() == null ? "it is not defined" : "its policy is not enabled");
    }
    if (isHeld(s, Hold.Mode.AWAKE)) {
      return new Objection("held", "held awake by hand");
    }
    if (s.policy().priority() == Priority.HIGH) {
      return new Objection("priority", "its priority is high");
    }
    Verdict use = SleepRules.inUse(s);
    return use == null ? null : new Objection(use.rule(), use.text());
  }

  private static @Nullable Objection toWake(Situation s) {
    if (!s.state().needsWake()) {
      return new Objection("unknown_state", "it is " + s.state());
    }
    return isHeld(s, Hold.Mode.ASLEEP) ? new Objection("held", "held asleep by hand") : null;
  }

  private static boolean isHeld(Situation s, Hold.Mode mode) {
    Hold hold = s.hold();
    return hold != null && hold.mode() == mode && hold.holdsAt(s.now());
  }

  private static List<Row> rows(
      Map<String, Situation> services, Map<String, Objection> objections) {
    List<Row> rows = new ArrayList<>();
    for (String service : services.keySet()) {
      Objection objection = objections.get(service);
      rows.add(
          objection == null
              ? new Row(service, null, null)
              : new Row(service, objection.rule(), objection.why()));
    }
    return rows;
  }
}
