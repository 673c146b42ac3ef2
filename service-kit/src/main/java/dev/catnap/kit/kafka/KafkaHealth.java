package dev.catnap.kit.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether the broker answers within two seconds and the topics are there. An answer is good for two
 * seconds, so that those who ask often do not ask the broker as often.
 */
public final class KafkaHealth implements HealthIndicator {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
  private static final Duration GOOD_FOR = Duration.ofSeconds(2);

  private final Broker broker;
  private final TopicCreator topics;
  private final Clock clock;
  private @Nullable Health last;
  private Instant askedAt = Instant.MIN;

  KafkaHealth(Broker broker, TopicCreator topics, Clock clock) {
    this.broker = broker;
    this.topics = topics;
    this.clock = clock;
  }

  @Override
  public synchronized Health health() {
    Health known = last;
    if (known != null && clock.instant().isBefore(askedAt.plus(GOOD_FOR))) {
      return known;
    }
    Health fresh = ask();
    last = fresh;
    askedAt = clock.instant();
    return fresh;
  }

  private Health ask() {
    try {
      int nodes = broker.ask(admin -> admin.describeCluster().nodes(), ANSWER_WITHIN).size();
      String problem = topics.problem();
      return problem == null ? Health.up().withDetail("nodes", nodes).build() : down(problem);
    } catch (KafkaException e) {
      return down("the broker does not answer: " + Broker.reason(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return down("interrupted while asking the broker");
    }
  }

  private static Health down(String reason) {
    return Health.down().withDetail("reason", reason).build();
  }
}
