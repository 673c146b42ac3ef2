package dev.catnap.actuator.transition;

import org.jspecify.annotations.Nullable;

/**
 * The one step that brings a container where a command wants it.
 *
 * @param refusal why nothing can be done; only with {@code REFUSE}
 */
public record Plan(Step step, @Nullable String refusal) {
  /** What to do to the container. */
  public enum Step {
    UNPAUSE,
    START,
    CREATE_AND_START,
    PAUSE,
    STOP,
    ALREADY_THERE,
    REFUSE
  }

  static Plan to(Step step) {
    return new Plan(step, null);
  }

  static Plan refuse(String why) {
    return new Plan(Step.REFUSE, why);
  }

  public boolean isAction() {
    return step != Step.ALREADY_THERE && step != Step.REFUSE;
  }

  /** A start must be seen to answer; what was only paused answers at once. */
  public boolean needsReadiness() {
    return step == Step.START || step == Step.CREATE_AND_START;
  }
}
