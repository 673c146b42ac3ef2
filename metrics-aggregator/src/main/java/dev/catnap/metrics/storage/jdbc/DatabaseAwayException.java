package dev.catnap.metrics.storage.jdbc;

import org.springframework.dao.TransientDataAccessResourceException;

/** There is no database, or not yet one with our schema; it will be tried again. */
public final class DatabaseAwayException extends TransientDataAccessResourceException {
  public DatabaseAwayException(String reason) {
    super(reason);
  }
}
