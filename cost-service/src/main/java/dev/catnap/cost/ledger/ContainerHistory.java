package dev.catnap.cost.ledger;

import java.util.List;

/**
 * All that is needed to price a container over a window.
 *
 * @param spans of the window, in order of time
 * @param hours of the window and what precedes it as far as {@link UsageLevels} looks back
 * @param reservations of its service, all of them, in order of time
 */
public record ContainerHistory(
    String service,
    String container,
    List<StateSpan> spans,
    List<UsedHour> hours,
    List<Reservation> reservations) {
  public ContainerHistory {
    spans = List.copyOf(spans);
    hours = List.copyOf(hours);
    reservations = List.copyOf(reservations);
  }
}
