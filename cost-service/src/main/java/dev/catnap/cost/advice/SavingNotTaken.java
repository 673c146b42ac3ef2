package dev.catnap.cost.advice;

import java.math.BigDecimal;

/**
 * What one change would have been worth for one service over the window.
 *
 * @param saving money over the window, 6 decimals, more than 0
 * @param monthly the same brought to a month of the rate card
 * @param assumption what was assumed, and what was not counted
 */
public record SavingNotTaken(
    String service, Change change, BigDecimal saving, BigDecimal monthly, String assumption) {
  /** What could be changed. */
  public enum Change {
    SHORTER_IDLE_TIMEOUT,
    STOP_INSTEAD_OF_PAUSE,
    RIGHT_SIZE
  }
}
