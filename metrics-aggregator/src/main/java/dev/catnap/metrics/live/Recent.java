package dev.catnap.metrics.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The newest events, so many at most; for clients that come back after a moment. */
public final class Recent {
  private final ArrayDeque<LiveEvent> events = new ArrayDeque<>();
  private final int most;

  public Recent(int most) {
    this.most = most;
  }

  public void add(LiveEvent event) {
    if (events.size() == most) {
      events.removeFirst();
    }
    events.addLast(event);
  }

  /**
   * @return what came after that event, in order; null when it is not known any more
   */
  public @Nullable List<LiveEvent> after(String id) {
    List<LiveEvent> after = null;
    for (LiveEvent event : events) {
      if (after != null) {
        after.add(event);
      } else if (event.id().equals(id)) {
        after = new ArrayList<>();
      }
    }
    return after;
  }
}
