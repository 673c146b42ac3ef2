package dev.catnap.testkit;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;

/**
 * What becomes of a test that needs something the machine does not have: skipped with one line on
 * the output, or failed where {@code CATNAP_REQUIRE_DOCKER=true} promises that the machine is
 * complete, so that a broken build machine cannot look green.
 */
public final class Need {

  private static final String SWITCH = "CATNAP_REQUIRE_DOCKER";

  private Need() {}

  public static ConditionEvaluationResult met(String what) {
    return ConditionEvaluationResult.enabled(what);
  }

  /**
   * Skips the test, or fails it where the machine has to be complete.
   *
   * @param what what is missing and how to install it, a whole sentence
   * @throws IllegalStateException where the machine has to be complete
   */
  public static ConditionEvaluationResult missing(String test, String what) {
    return missing(test, what, "true".equalsIgnoreCase(System.getenv(SWITCH)));
  }

  static ConditionEvaluationResult missing(String test, String what, boolean required) {
    if (required) {
      throw new IllegalStateException(what + " " + SWITCH + "=true makes this a failure.");
    }
    System.out.println("##### SKIPPED " + test + ": " + what);
    return ConditionEvaluationResult.disabled(what);
  }
}
