package dev.catnap.cost.advice;

import dev.catnap.cost.ledger.ContainerHistory;

/** A container of a service. */
public record ContainerId(String service, String container) {
  public static ContainerId of(ContainerHistory history) {
    return new ContainerId(history.service(), history.container());
  }
}
