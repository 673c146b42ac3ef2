package dev.catnap.policy.schedule;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Windows in which a service is kept awake; open where any of them is.
 *
 * <p>Written as {@code Mon-Fri 07:30-20:30 Europe/Berlin}; see {@link ScheduleParser}.
 */
public final class Schedule {
  /** A week, and a day for time zones and changes of clocks. */
  private static final int LOOK_AHEAD_DAYS = 8;

  private static final int LONGEST_CHAIN = 64;

  private final List<WeeklyWindow> windows;

  Schedule(List<WeeklyWindow> windows) {
    this.windows = List.copyOf(windows);
  }

  /**
   * @throws dev.catnap.events.InvalidFieldException naming what is wrong with which window
   */
  public static Schedule parse(List<String> texts) {
    return new Schedule(texts.stream().map(ScheduleParser::window).toList());
  }

  public boolean isEmpty() {
    return windows.isEmpty();
  }

  public boolean isOpen(Instant at) {
    return openedAt(at) != null;
  }

  /** When the window began that is open at that time, the latest if several are; null: none is. */
  public @Nullable Instant openedAt(Instant at) {
    return spans(at, 0)
        .filter(span -> span.contains(at))
        .map(WeeklyWindow.Span::start)
        .max(Instant::compareTo)
        .orElse(null);
  }

  /**
   * When it closes, where windows that touch or overlap count as one; null when it is closed, or
   * open without end.
   */
  public @Nullable Instant closesAt(Instant at) {
    Instant end = null;
    for (int i = 0; i < LONGEST_CHAIN; i++) {
      Instant from = end == null ? at : end;
      Instant next =
          spans(from, 0)
              .filter(span -> span.contains(from))
              .map(WeeklyWindow.Span::end)
              .max(Instant::compareTo)
              .orElse(null);
      if (next == null) {
        return end;
      }
      end = next;
    }
    return null;
  }

  /** The next begin of a window after that time; null when there is no window. */
  public @Nullable Instant nextOpening(Instant after) {
    return spans(after, LOOK_AHEAD_DAYS)
        .map(WeeklyWindow.Span::start)
        .filter(start -> start.isAfter(after))
        .min(Instant::compareTo)
        .orElse(null);
  }

  private Stream<WeeklyWindow.Span> spans(Instant at, int daysAfter) {
    return windows.stream().flatMap(window -> window.around(at, daysAfter).stream());
  }
}
