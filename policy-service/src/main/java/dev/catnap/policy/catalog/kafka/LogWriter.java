package dev.catnap.policy.catalog.kafka;

import dev.catnap.kit.http.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.springframework.kafka.core.KafkaOperations;

/** Writes what a request asked for; returns once the broker has it. */
public final class LogWriter {
  /** Who says so, on the records. */
  public static final String SOURCE = "/catnap/policy-service";

  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final KafkaOperations<String, byte[]> kafka;
  private final Duration within;

  /**
   * @param within how long the broker may take
   */
  public LogWriter(KafkaOperations<String, byte[]> kafka, Duration within) {
    this.kafka = kafka;
    this.within = within;
  }

  /**
   * Writes in this order.
   *
   * @throws ProblemException 503 when the broker did not take all of them in time; what it took
   *     stays
   */
  public void write(List<ProducerRecord<String, byte[]>> records) {
    try {
      List<CompletableFuture<?>> sent = new ArrayList<>();
      records.forEach(record -> sent.add(kafka.send(record)));
      CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
          .get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw unavailable("the event log did not take the request: " + reason(e));
    } catch (org.springframework.kafka.KafkaException e) {
      throw unavailable("the event log did not take the request: " + reason(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("the service is stopping");
    }
  }

  private static String reason(Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private static ProblemException unavailable(String detail) {
    return ProblemException.unavailable(detail, RETRY_AFTER);
  }
}
