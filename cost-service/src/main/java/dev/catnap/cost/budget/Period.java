package dev.catnap.cost.budget;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;

/** How long a budget holds before it begins anew; in UTC. */
public enum Period {
  /** From Monday on. */
  WEEKLY {
    @Override
    LocalDate first(LocalDate day) {
      return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    @Override
    LocalDate next(LocalDate first) {
      return first.plusWeeks(1);
    }
  },
  /** A calendar month. */
  MONTHLY {
    @Override
    LocalDate first(LocalDate day) {
      return day.withDayOfMonth(1);
    }

    @Override
    LocalDate next(LocalDate first) {
      return first.plusMonths(1);
    }
  };

  abstract LocalDate first(LocalDate day);

  abstract LocalDate next(LocalDate first);

  /** The first instant of the period that {@code at} lies in. */
  public Instant start(Instant at) {
    return instant(first(LocalDate.ofInstant(at, ZoneOffset.UTC)));
  }

  /** The first instant of the period after it. */
  public Instant end(Instant at) {
    return instant(next(first(LocalDate.ofInstant(at, ZoneOffset.UTC))));
  }

  private static Instant instant(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
