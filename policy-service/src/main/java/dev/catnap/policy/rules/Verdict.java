package dev.catnap.policy.rules;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a rule says, with the numbers it compared.
 *
 * @param sleep true: to sleep now; false: stays awake
 * @param text one sentence for people
 * @param numbers what was compared, by names with units
 * @param until for a stay: when this rule will be silent if nothing else happens; null: not known
 */
public record Verdict(
    String rule, boolean sleep, String text, Map<String, Object> numbers, @Nullable Instant until) {
  public Verdict {
    numbers = Map.copyOf(numbers);
  }

  static Verdict stay(
      String rule, String text, Map<String, Object> numbers, @Nullable Instant until) {
    return new Verdict(rule, false, text, numbers, until);
  }

  static Verdict sleep(String rule, String text, Map<String, Object> numbers) {
    return new Verdict(rule, true, text, numbers, null);
  }
}
