package dev.catnap.metrics.storage.http;

import dev.catnap.kit.http.ProblemException;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Turns a database that is away into the answer 503 with Retry-After. */
public final class Asking {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private Asking() {}

  /**
   * @throws ProblemException when the database is away or does not answer in time
   */
  public static <T> T database(Supplier<T> question) {
    try {
      return question.get();
    } catch (DataAccessResourceFailureException
        | TransientDataAccessException
        | RecoverableDataAccessException
        | CannotCreateTransactionException e) {
      throw ProblemException.unavailable(
          "The metrics database does not answer; it is tried again.", RETRY_AFTER);
    }
  }
}
