package dev.catnap.cost.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that is needed to price a container over a window.
 *
 * @param from begin of what is known here, inclusive
 * @param to its end, exclusive
 * @param spans of the window, in order of time
 * @param hours of the window and what precedes it as far as {@link UsageLevels} looks back
 * @param storage hours of the window in which it was measured, and the last one before it
 * @param reservations of its service, all of them, in order of time
 */
public record ContainerHistory(
    String service,
    String container,
    Instant from,
    Instant to,
    List<StateSpan> spans,
    List<UsedHour> hours,
    List<StorageHour> storage,
    List<Reservation> reservations) {
  public ContainerHistory {
    spans = List.copyOf(spans);
    hours = List.copyOf(hours);
    storage = List.copyOf(storage);
    reservations = List.copyOf(reservations);
  }

  /** One that is known for any window, without storage. */
  public ContainerHistory(
      String service,
      String container,
      List<StateSpan> spans,
      List<UsedHour> hours,
      List<Reservation> reservations) {
    this(service, container, Instant.MIN, Instant.MAX, spans, hours, List.of(), reservations);
  }

  /** Labels of the definition in force, or before the first one of that. */
  public Map<String, String> labelsAt(Instant time) {
    return Reservation.labelsAt(reservations, time);
  }

  /** The same with other states. */
  public ContainerHistory withSpans(List<StateSpan> other) {
    return new ContainerHistory(service, container, from, to, other, hours, storage, reservations);
  }

  /** The same with other reservations. */
  public ContainerHistory withReservations(List<Reservation> other) {
    return new ContainerHistory(service, container, from, to, spans, hours, storage, other);
  }
}
