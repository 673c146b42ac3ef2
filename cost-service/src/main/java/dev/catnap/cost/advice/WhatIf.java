package dev.catnap.cost.advice;

import dev.catnap.cost.ledger.ContainerHistory;
import dev.catnap.cost.ledger.StateSpan;
import dev.catnap.events.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Histories as they would have been. What they cost is asked of the one price function. */
final class WhatIf {
  private WhatIf() {}

  /** Every sleep a stop. */
  static ContainerHistory stopped(ContainerHistory history) {
    return spans(
        history,
        history.spans().stream()
            .map(span -> span.state() == RunState.SLEEPING ? state(span, RunState.STOPPED) : span)
            .toList());
  }

  /**
   * Every sleep that followed time awake began so much earlier; never before the time awake began.
   */
  static ContainerHistory earlierAsleep(ContainerHistory history, Duration by) {
    List<StateSpan> spans = new ArrayList<>(history.spans());
    for (int i = 1; i < spans.size(); i++) {
      int awake = spans.get(i - 1).state() == RunState.FALLING_ASLEEP ? i - 2 : i - 1;
      if (spans.get(i).state() == RunState.SLEEPING
          && awake >= 0
          && spans.get(awake).state() == RunState.RUNNING
          && isUnbroken(spans.subList(awake, i + 1))) {
        move(spans, awake, i, by);
      }
    }
    return spans(history, spans);
  }

  /** The container was not gone in between. */
  private static boolean isUnbroken(List<StateSpan> spans) {
    for (int i = 1; i < spans.size(); i++) {
      if (!spans.get(i).from().equals(spans.get(i - 1).until())) {
        return false;
      }
    }
    return true;
  }

  /** What lies between time awake and sleep keeps its length and moves along. */
  private static void move(List<StateSpan> spans, int awake, int asleep, Duration by) {
    StateSpan running = spans.get(awake);
    Instant end = spans.get(awake + 1).from();
    Instant earlier = end.minus(by);
    Instant moved = earlier.isBefore(running.from()) ? running.from() : earlier;
    Duration step = Duration.between(moved, end);
    spans.set(awake, times(running, running.from(), moved));
    if (asleep - awake == 2) {
      StateSpan falling = spans.get(awake + 1);
      spans.set(awake + 1, times(falling, moved, spans.get(asleep).from().minus(step)));
    }
    StateSpan sleep = spans.get(asleep);
    spans.set(
        asleep,
        new StateSpan(
            sleep.state(),
            sleep.host(),
            sleep.from().minus(step),
            sleep.until(),
            sleep.residentBytes()));
  }

  private static ContainerHistory spans(ContainerHistory history, List<StateSpan> spans) {
    return history.withSpans(spans);
  }

  private static StateSpan state(StateSpan span, RunState state) {
    return new StateSpan(state, span.host(), span.from(), span.until(), null);
  }

  private static StateSpan times(StateSpan span, Instant from, Instant until) {
    return new StateSpan(span.state(), span.host(), from, until, span.residentBytes());
  }
}
