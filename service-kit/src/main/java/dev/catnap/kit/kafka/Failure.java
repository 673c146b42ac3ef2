package dev.catnap.kit.kafka;

import dev.catnap.events.InvalidFieldException;
import dev.catnap.events.json.MalformedRecordException;
import java.sql.SQLException;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.ListenerExecutionFailedException;

/**
 * What to do with a record whose listener failed.
 *
 * <table>
 * <tr><td>{@link #UNREADABLE}</td><td>dead letter at once: reading it again gives the same</td></tr>
 * <tr><td>{@link #DEFECT}</td><td>five tries, then dead letter: ours is the fault, and one record
 *     must not hold up its partition for ever</td></tr>
 * <tr><td>{@link #WAIT}</td><td>tried until it succeeds: something we need is away</td></tr>
 * </table>
 *
 * <p>What we do not recognise is waited for: a partition that stands still is seen and mended, a
 * good record put aside is easily overlooked.
 */
enum Failure {
  UNREADABLE,
  DEFECT,
  WAIT;

  static Failure of(Throwable failure) {
    Throwable cause = unwrapped(failure);
    if (has(cause, MalformedRecordException.class) || has(cause, InvalidFieldException.class)) {
      return UNREADABLE;
    }
    return isDefect(cause) ? DEFECT : WAIT;
  }

  static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null
        && (cause instanceof ListenerExecutionFailedException
            || cause instanceof BatchListenerFailedException)) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDefect(Throwable failure) {
    return failure instanceof NullPointerException
        || failure instanceof ClassCastException
        || failure instanceof IllegalArgumentException
        || failure instanceof IndexOutOfBoundsException
        || failure instanceof ArithmeticException
        || failure instanceof UnsupportedOperationException
        || isRefusedByDatabase(failure);
  }

  /** SQL states 22 and 23: the row itself is refused (data exception, constraint violated). */
  private static boolean isRefusedByDatabase(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql
          && sql.getSQLState() instanceof String state
          && (state.startsWith("22") || state.startsWith("23"))) {
        return true;
      }
    }
    return false;
  }
}
