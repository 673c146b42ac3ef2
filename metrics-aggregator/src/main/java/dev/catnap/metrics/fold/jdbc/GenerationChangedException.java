package dev.catnap.metrics.fold.jdbc;

import org.springframework.dao.TransientDataAccessException;

/** All tables have been built anew since: reading goes on from where the new ones stand. */
public final class GenerationChangedException extends TransientDataAccessException {
  private static final long serialVersionUID = 1L;

  GenerationChangedException(int expected, int found) {
    super("the history was built anew: generation " + found + " instead of " + expected);
  }
}
