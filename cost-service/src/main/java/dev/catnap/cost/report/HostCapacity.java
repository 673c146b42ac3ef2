package dev.catnap.cost.report;

import dev.catnap.cost.ledger.ContainerHistory;
import dev.catnap.cost.ledger.Reservation;
import dev.catnap.cost.ledger.StateSpan;
import dev.catnap.cost.pricing.Level;
import dev.catnap.events.RunState;
import java.util.List;
import java.util.Map;

/**
 * What a host has.
 *
 * @param name as events call it
 * @param capacity cores and memory of it, above 0
 */
public record HostCapacity(String name, Level capacity) {
  /** All of it set aside all the time: so that its cost comes from the one price function. */
  ContainerHistory history(Window window) {
    return new ContainerHistory(
        "host",
        name,
        List.of(new StateSpan(RunState.RUNNING, name, window.from(), window.to(), null)),
        List.of(),
        List.of(
            new Reservation(
                window.from(), capacity.nanoCores(), capacity.bytes(), null, Map.of())));
  }
}
