package dev.catnap.cost.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.cost.ledger.ContainerHistory;
import dev.catnap.cost.ledger.Reservation;
import dev.catnap.cost.ledger.Span;
import dev.catnap.cost.ledger.StateSpan;
import dev.catnap.cost.pricing.RateHistory;
import dev.catnap.cost.pricing.Rates;
import dev.catnap.events.RunState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutcomesTest {
  private static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");
  private static final Span HOUR = new Span(NOON, NOON.plusSeconds(3600));
  private static final Reservation SMALLER =
      new Reservation(Instant.EPOCH, 250_000_000L, 1L << 28, null, Map.of());

  /** An hour awake with a core and 1 GiB set aside. */
  private static ContainerHistory awake(@Nullable Long storageBytes) {
    return new ContainerHistory(
        "web",
        "web-1",
        HOUR.from(),
        HOUR.to(),
        List.of(new StateSpan(RunState.RUNNING, "host", NOON, null, null)),
        List.of(),
        List.of(),
        List.of(
            new Reservation(
                Instant.EPOCH, 1_000_000_000L, 1L << 30, storageBytes, null, Map.of())));
  }

  private static Outcome outcome(ContainerHistory history) {
    return new Outcomes(
            List.of(HOUR), new RateHistory(List.of(Rates.DEFAULT)), Duration.ofMinutes(5))
        .of(history, SMALLER)
        .getFirst();
  }

  /** 0.75 cores at 0.05 and 0.75 GiB at 0.01 an hour; the disk stays what it is. */
  @Test
  void theRightSize_savesNoStorage() {
    BigDecimal without = saved(outcome(awake(null)));
    assertThat(saved(outcome(awake(720L << 30)))).isEqualByComparingTo(without).isPositive();
  }

  /** Found asleep after it was gone, it did not fall asleep from what it did before. */
  @Test
  void aSleepAfterTheContainerWasGone_isNotMoved() {
    Outcome outcome = outcome(awake(null).withSpans(sleepingFrom(NOON.plusSeconds(1800))));
    assertThat(outcome.earlierAsleep()).isEqualByComparingTo(outcome.paid());
    Outcome unbroken = outcome(awake(null).withSpans(sleepingFrom(NOON.plusSeconds(600))));
    assertThat(unbroken.earlierAsleep()).isLessThan(unbroken.paid());
  }

  /** Awake for ten minutes. */
  private static List<StateSpan> sleepingFrom(Instant asleep) {
    return List.of(
        new StateSpan(RunState.RUNNING, "host", NOON, NOON.plusSeconds(600), null),
        new StateSpan(RunState.SLEEPING, "host", asleep, null, null));
  }

  private static BigDecimal saved(Outcome outcome) {
    return outcome.paid().subtract(outcome.sized());
  }
}
