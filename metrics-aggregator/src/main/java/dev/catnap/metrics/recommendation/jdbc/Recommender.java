package dev.catnap.metrics.recommendation.jdbc;

import dev.catnap.events.ServiceDefinition;
import dev.catnap.metrics.history.jdbc.QuarterDays;
import dev.catnap.metrics.recommendation.Evidence;
import dev.catnap.metrics.recommendation.Rates;
import dev.catnap.metrics.recommendation.Recommendation;
import dev.catnap.metrics.storage.jdbc.MetricsDatabase;
import dev.catnap.metrics.storage.jdbc.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes recommendations. They speak of eight days, so one is good for a minute: asking again costs
 * little meanwhile.
 */
public final class Recommender {
  private static final Duration GOOD_FOR = Duration.ofMinutes(1);
  private static final int MOST_KEPT = 10_000;
  private static final Duration KNOWN_FOR = Duration.ofDays(30);

  /** One of which no state was ever told may be there all the same. */
  private static final String SEEN =
      """
      SELECT u.service FROM (SELECT DISTINCT service FROM usage_day WHERE bucket >= :from) u
      WHERE EXISTS (SELECT FROM state_interval i WHERE i.service = u.service AND LASTS)
        OR NOT EXISTS (SELECT FROM state_interval i WHERE i.service = u.service)
      """
          .replace("LASTS", QuarterDays.LASTS);

  private final MetricsDatabase database;
  private final AwakeQuery awake;
  private final LevelQuery levels;
  private final EventQuery events;
  private final Rates rates;
  private final Map<String, Made> made = new ConcurrentHashMap<>();

  private record Made(
      Recommendation recommendation, @Nullable ServiceDefinition definition, Instant at) {}

  /**
   * @param rates to tell what a change is worth
   */
  public Recommender(MetricsDatabase database, Rates rates) {
    this.database = database;
    this.awake = new AwakeQuery(database);
    this.levels = new LevelQuery(database);
    this.events = new EventQuery(database);
    this.rates = rates;
  }

  /**
   * Services that were heard of in 30 days and are not gone, or are defined, in the order of their
   * names.
   */
  public Collection<String> services(Collection<String> defined, Instant now) {
    List<String> seen =
        database
            .client()
            .sql(SEEN)
            .param("from", Times.argument(now.minus(KNOWN_FOR)))
            .query((row, number) -> row.getString(1))
            .list();
    TreeSet<String> all = new TreeSet<>(defined);
    all.addAll(seen);
    return all;
  }

  /**
   * @param at when the oldest of them was made
   * @param items in the order of the services asked for
   */
  public record Recommended(Instant at, List<Recommendation> items) {}

  public Recommended recommend(
      Collection<String> services,
      Function<String, @Nullable ServiceDefinition> definitions,
      Instant now) {
    Map<String, Made> found = new LinkedHashMap<>();
    Map<String, Evidence> missing = new LinkedHashMap<>();
    for (String service : services) {
      Made known = made.get(service);
      if (known != null
          && Objects.equals(known.definition(), definitions.apply(service))
          && Duration.between(known.at(), now).abs().compareTo(GOOD_FOR) < 0) {
        found.put(service, known);
      } else {
        missing.put(service, new Evidence(now));
      }
    }
    if (!missing.isEmpty()) {
      make(missing, definitions, now, found);
    }
    List<Made> all = services.stream().map(found::get).filter(Objects::nonNull).toList();
    return new Recommended(
        all.stream().map(Made::at).min(Instant::compareTo).orElse(now),
        all.stream().map(Made::recommendation).toList());
  }

  private void make(
      Map<String, Evidence> missing,
      Function<String, @Nullable ServiceDefinition> definitions,
      Instant now,
      Map<String, Made> into) {
    awake.gather(missing, now);
    levels.gather(missing, now);
    events.gather(missing, now);
    if (made.size() > MOST_KEPT) {
      made.clear();
    }
    missing.forEach((service, evidence) -> {
      ServiceDefinition definition = definitions.apply(service);
      Made one = new Made(evidence.conclude(service, definition, rates, now), definition, now);
      made.put(service, one);
      into.put(service, one);
    });
  }
}
