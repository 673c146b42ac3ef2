package dev.catnap.kit.kafka;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.jspecify.annotations.Nullable;

/**
 * One admin connection, made when first needed and again when it could not be made: while a
 * broker's host name does not resolve, a client cannot even be constructed.
 */
final class Broker implements AutoCloseable {
  private final KafkaClients clients;
  private @Nullable Admin admin;

  Broker(KafkaClients clients) {
    this.clients = clients;
  }

  /**
   * @throws KafkaException with a reason for people, when there is no answer in time
   */
  <T> T ask(Function<Admin, KafkaFuture<T>> question, Duration atMost) throws InterruptedException {
    try {
      return question.apply(connected()).get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new KafkaException("no answer within " + atMost.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
    }
  }

  /** The innermost message: Kafka's outer ones only say that something failed. */
  static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause.getCause() instanceof TimeoutException)) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  private synchronized Admin connected() {
    if (admin == null) {
      admin = clients.admin("admin");
    }
    return admin;
  }

  @Override
  public synchronized void close() {
    if (admin != null) {
      admin.close(Duration.ofSeconds(1));
    }
  }
}
