package dev.catnap.ingest.activity.kafka;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Waits for the acknowledgements of one delivery; tells apart what is safe and what is not. */
final class Delivery implements Callback {
  private final CountDownLatch open;
  private final AtomicInteger safe = new AtomicInteger();
  private volatile @Nullable Exception failure;

  Delivery(int records) {
    this.open = new CountDownLatch(records);
  }

  @Override
  public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception e) {
    if (e == null) {
      safe.incrementAndGet();
    } else {
      failure = e;
    }
    open.countDown();
  }

  /** Nothing more can be sent. */
  void failed(Exception e) {
    failure = e;
  }

  /** The newest of the failures; null while there is none. */
  @Nullable Exception failure() {
    return failure;
  }

  /**
   * @param notSent how many of the records were never handed to the producer
   * @return how many are safe
   */
  int await(int notSent, Duration atMost) throws InterruptedException {
    for (int i = 0; i < notSent; i++) {
      open.countDown();
    }
    if (!open.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      failure = new IllegalStateException("no acknowledgement within " + atMost);
    }
    return safe.get();
  }
}
