package dev.catnap.policy.catalog;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Who needs whom, as a graph. */
public final class Dependencies {
  private Dependencies() {}

  /**
   * All that {@code service} needs, through others too, the deepest first, itself not among them.
   */
  public static List<String> transitive(
      String service, Function<String, List<String>> directlyNeeded) {
    Set<String> done = new LinkedHashSet<>();
    visit(service, directlyNeeded, new LinkedHashSet<>(), done);
    done.remove(service);
    return List.copyOf(done);
  }

  private static void visit(
      String service,
      Function<String, List<String>> directlyNeeded,
      Set<String> entered,
      Set<String> done) {
    if (!entered.add(service)) {
      return;
    }
    for (String needed : directlyNeeded.apply(service)) {
      visit(needed, directlyNeeded, entered, done);
    }
    done.add(service);
  }

  /** A circle through {@code service}, from it to it; empty when there is none. */
  public static List<String> circle(String service, Function<String, List<String>> directlyNeeded) {
    List<String> path = new ArrayList<>(List.of(service));
    return leadsBack(service, service, directlyNeeded, new LinkedHashSet<>(), path)
        ? List.copyOf(path)
        : List.of();
  }

  private static boolean leadsBack(
      String from,
      String target,
      Function<String, List<String>> directlyNeeded,
      Set<String> entered,
      List<String> path) {
    for (String needed : directlyNeeded.apply(from)) {
      if (!needed.equals(target) && !entered.add(needed)) {
        continue;
      }
      path.add(needed);
      if (needed.equals(target) || leadsBack(needed, target, directlyNeeded, entered, path)) {
        return true;
      }
      path.removeLast();
    }
    return false;
  }
}
