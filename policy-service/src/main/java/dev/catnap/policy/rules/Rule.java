package dev.catnap.policy.rules;

import org.jspecify.annotations.Nullable;

/** One reason to stay awake or to sleep. */
@FunctionalInterface
public interface Rule {
  /** What it has to say; null: nothing, ask the next. */
  @Nullable Verdict judge(Situation situation);
}
