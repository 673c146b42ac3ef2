package dev.catnap.metrics.recommendation.kafka;

import dev.catnap.events.Resources;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.kit.http.ProblemException;
import dev.catnap.metrics.catalog.kafka.Definitions;
import dev.catnap.metrics.recommendation.Applied;
import dev.catnap.metrics.recommendation.Applied.Limits;
import dev.catnap.metrics.recommendation.Applied.Status;
import dev.catnap.metrics.recommendation.Recommendation;
import dev.catnap.metrics.recommendation.Sizing;
import dev.catnap.metrics.recommendation.jdbc.AppliedStore;
import dev.catnap.metrics.recommendation.jdbc.RegretQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies recommendations by publishing the service's definition with other limits, which the
 * actuator sets on the container that is there; and undoes those that are regretted.
 */
public final class Applier {
  private static final Logger log = LoggerFactory.getLogger(Applier.class);
  private static final long MIB = 1 << 20;

  private final Definitions definitions;
  private final AppliedStore store;
  private final RegretQuery regrets;
  private final Duration watch;

  /**
   * @param watch how long an application can be undone
   */
  public Applier(Definitions definitions, AppliedStore store, RegretQuery regrets, Duration watch) {
    this.definitions = definitions;
    this.store = store;
    this.regrets = regrets;
    this.watch = watch;
  }

  /**
   * @param memory null: the target; where there is none, as it is; CPU likewise
   * @throws ProblemException 404 where the service is not defined, 409 where there is nothing to
   *     change, 503 when the log does not take it
   */
  public Applied apply(
      String service,
      @Nullable Recommendation recommendation,
      @Nullable Long memory,
      @Nullable Double cpu,
      Instant asked) {
    Instant now = asked.truncatedTo(ChronoUnit.MICROS);
    ServiceDefinition definition = definitions.all().get(service);
    if (definition == null) {
      throw ProblemException.notFound("service", service);
    }
    Resources before = definition.container().resources();
    Sizing memorySize = recommendation == null ? null : recommendation.memory().sizing();
    Sizing cpuSize = recommendation == null ? null : recommendation.cpu().sizing();
    Resources after =
        before.limited(
            memory != null ? memory : memorySize == null ? before.memoryBytes() : whole(memorySize),
            cpu != null ? cpu : cpuSize == null ? before.cpuCores() : hundredths(cpuSize));
    if (after.equals(before)) {
      throw ProblemException.conflict(
          "nothing-to-apply",
          "Nothing to apply",
          "Its limits are as recommended, or it was never seen awake; give memory or cpu to set them.");
    }
    Applied applied =
        new Applied(
            String.format(
                Locale.ROOT,
                "%013d-%s",
                now.toEpochMilli(),
                UUID.randomUUID().toString().substring(0, 8)),
            service,
            now,
            now.plus(watch),
            Status.WATCHED,
            null,
            null,
            Limits.of(before),
            Limits.of(after));
    store.add(applied);
    try {
      definitions.publish(definition.withResources(after, now));
    } catch (ProblemException e) {
      store.end(applied.id(), Status.FAILED, e.detail(), now);
      throw e;
    }
    log.atInfo()
        .addKeyValue("service", service)
        .addKeyValue("memory", after.memoryBytes())
        .addKeyValue("cpu", after.cpuCores())
        .log("recommendation applied");
    return applied;
  }

  private static Long whole(Sizing sizing) {
    return (long) Math.ceil(sizing.target() / MIB) * MIB;
  }

  private static Double hundredths(Sizing sizing) {
    return Math.ceil(sizing.target() * 100 - 1e-9) / 100;
  }

  /** Looks after all that are watched. */
  void check(Instant now) {
    if (definitions.isCaughtUp()) {
      store.watched().forEach(applied -> check(applied, now));
    }
  }

  private void check(Applied applied, Instant now) {
    ServiceDefinition definition = definitions.known(applied.service());
    if (definition == null || isSuperseded(definition, applied)) {
      store.end(applied.id(), Status.SUPERSEDED, "the service was defined anew", now);
      return;
    }
    String regret = regrets.regret(applied);
    if (regret != null) {
      undo(applied, definition, regret, now);
    } else if (!now.isBefore(applied.watchedUntil())) {
      store.end(applied.id(), Status.KEPT, null, now);
    }
  }

  /** One that is older than ours is only not read yet. */
  private static boolean isSuperseded(ServiceDefinition definition, Applied applied) {
    return definition.definedAt().isAfter(applied.at())
        && !Limits.of(definition.container().resources()).equals(applied.after());
  }

  /** Twice is as good as once: a crash in between only publishes it again. */
  private void undo(Applied applied, ServiceDefinition definition, String regret, Instant now) {
    Resources former = applied.before().in(definition.container().resources());
    definitions.publish(definition.withResources(former, now));
    if (store.end(applied.id(), Status.UNDONE, regret, now)) {
      log.atWarn()
          .addKeyValue("service", applied.service())
          .addKeyValue("reason", regret)
          .log("applied recommendation undone");
    }
  }
}
