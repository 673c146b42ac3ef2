package dev.catnap.kit.database;

import org.springframework.dao.TransientDataAccessResourceException;

/** There is no database, or not yet one with our schema; it is being tried again. */
public final class DatabaseAwayException extends TransientDataAccessResourceException {
  public DatabaseAwayException(String reason) {
    super(reason);
  }
}
