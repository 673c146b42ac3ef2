package dev.catnap.ingest.activity.kafka;

import dev.catnap.events.Activity;
import dev.catnap.events.kafka.Records;
import dev.catnap.events.kafka.Topics;
import dev.catnap.ingest.activity.ActivityLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topic {@code catnap.activity}. Few events go out at once, for one of them may be what a
 * sleeper waits for; many go through a producer that collects them for some milliseconds.
 */
public final class KafkaActivityLog implements ActivityLog {
  /** The {@code ce_source} of what this service writes. */
  public static final String SOURCE = "/catnap/activity-ingest";

  /** From here on throughput matters more than milliseconds. */
  private static final int MANY = 50;

  private static final Logger log = LoggerFactory.getLogger(KafkaActivityLog.class);

  private final LazyProducer atOnce;
  private final LazyProducer collecting;
  private final Duration atMost;
  private final BooleanSupplier reachable;
  private final AtomicBoolean failing = new AtomicBoolean();

  /**
   * @param atMost longer than the producers need to give a record up
   */
  public KafkaActivityLog(
      LazyProducer atOnce, LazyProducer collecting, Duration atMost, BooleanSupplier reachable) {
    this.atOnce = atOnce;
    this.collecting = collecting;
    this.atMost = atMost;
    this.reachable = reachable;
  }

  @Override
  public boolean isReachable() {
    return reachable.getAsBoolean();
  }

  @Override
  public int append(List<Activity> activities) throws InterruptedException {
    Delivery delivery = new Delivery(activities.size());
    int sent = send(activities, delivery);
    int safe = delivery.await(activities.size() - sent, atMost);
    tellOperator(safe == activities.size(), delivery);
    return safe;
  }

  /** Once when it begins and once when it is over; in between each sender is told. */
  private void tellOperator(boolean allSafe, Delivery delivery) {
    if (allSafe == !failing.get() || !failing.compareAndSet(allSafe, !allSafe)) {
      return;
    }
    if (allSafe) {
      log.info("activity is acknowledged again");
    } else {
      log.atWarn()
          .addKeyValue("cause", String.valueOf(delivery.failure()))
          .log("activity is not acknowledged, senders are told to come again; look at the broker");
    }
  }

  /** Stops at the first failure: with the broker away each record would wait for its own time. */
  private int send(List<Activity> activities, Delivery delivery) {
    int sent = 0;
    try {
      Producer<String, byte[]> producer = (activities.size() < MANY ? atOnce : collecting).get();
      while (sent < activities.size() && delivery.failure() == null) {
        producer.send(Records.write(Topics.ACTIVITY, activities.get(sent), SOURCE), delivery);
        sent++;
      }
    } catch (KafkaException e) {
      delivery.failed(e);
    }
    return sent;
  }
}
