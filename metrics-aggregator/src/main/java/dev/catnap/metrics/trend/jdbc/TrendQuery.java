package dev.catnap.metrics.trend.jdbc;

import dev.catnap.metrics.history.jdbc.QuarterDays;
import dev.catnap.metrics.sketch.Slots;
import dev.catnap.metrics.storage.jdbc.MetricsDatabase;
import dev.catnap.metrics.storage.jdbc.OfServices;
import dev.catnap.metrics.storage.jdbc.Times;
import dev.catnap.metrics.trend.Question;
import dev.catnap.metrics.trend.TrendMetric;
import dev.catnap.metrics.usage.jdbc.WholeDays;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values of a metric, step by step. */
public final class TrendQuery {
  private static final double MICRO = 1e6;

  private final MetricsDatabase database;

  public TrendQuery(MetricsDatabase database) {
    this.database = database;
  }

  /**
   * By the start of the step; steps in which nothing was observed are not in it. Steps begin at the
   * window's start.
   *
   * @param services null: all
   */
  public Map<Instant, Double> values(Question asked, @Nullable Collection<String> services) {
    Map<Instant, Double> values = new HashMap<>();
    if (asked.metric().isCount()) {
      observed(asked, asked.step(), services).forEach(at -> values.put(at, 0.0));
    }
    values.putAll(ask(TrendSql.of(asked), asked, asked.step(), services));
    return values;
  }

  /**
   * The value over the whole window; null when nothing was observed. Of what the series reads, or
   * of days that add up to the same.
   *
   * @param services null: all
   */
  public @Nullable Double value(Question asked, @Nullable Collection<String> services) {
    Duration whole = asked.window().length();
    Double value = ask(TrendSql.ofWhole(asked), asked, whole, services).get(asked.window().from());
    if (value != null || !asked.metric().isCount()) {
      return value;
    }
    return observed(asked, whole, services).isEmpty() ? null : 0.0;
  }

  /**
   * The steps in which a container was known: those from the first that was ever told of on, as
   * what is known of it lasts until it is told otherwise.
   */
  private Set<Instant> observed(
      Question asked, Duration step, @Nullable Collection<String> services) {
    Set<Instant> observed = new HashSet<>();
    Instant known = knownSince(services);
    if (known != null) {
      Instant to = asked.window().to();
      for (Instant at = asked.window().from(); at.isBefore(to); at = at.plus(step)) {
        if (at.plus(step).isAfter(known)) {
          observed.add(at);
        }
      }
    }
    return observed;
  }

  private @Nullable Instant knownSince(@Nullable Collection<String> services) {
    var statement = database.client().sql(OfServices.in(TrendSql.KNOWN_SINCE, services));
    return OfServices.bind(statement, services)
        .query((row, number) -> Times.read(row, "since"))
        .list()
        .stream()
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private Map<Instant, Double> ask(
      String sql, Question asked, Duration step, @Nullable Collection<String> services) {
    Map<Instant, Double> values = new HashMap<>();
    if (services != null && services.isEmpty()) {
      return values;
    }
    var statement =
        database
            .client()
            .sql(OfServices.in(sql, services))
            .param("from", Times.argument(asked.window().from()))
            .param("to", Times.argument(asked.window().to()))
            .param("micros", step.toNanos() / 1_000);
    statement = OfServices.bind(statement, services);
    if (TrendSql.readsWholeDays(asked)) {
      statement = WholeDays.within(statement, asked.window());
    }
    if (asked.metric().source() == TrendMetric.Source.STATES) {
      statement = QuarterDays.within(statement, asked.window());
    }
    Double share = asked.share();
    if (share != null) {
      statement = statement.param("share", share);
    }
    statement.query(row -> {
      Double value = Times.number(row, "value");
      if (value != null) {
        values.put(Times.required(row, "bin"), inUnit(asked, value));
      }
    });
    return values;
  }

  /** A percentile of usage comes as a slot of a sketch, of millionths of a core or of bytes. */
  private static double inUnit(Question asked, double value) {
    boolean slot = asked.share() != null && asked.metric().source() == TrendMetric.Source.USAGE;
    if (!slot) {
      return value;
    }
    double middle = Slots.middle((int) value);
    return asked.metric() == TrendMetric.CPU_CORES ? middle / MICRO : middle;
  }
}
