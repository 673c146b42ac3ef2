package dev.catnap.cost.pricing;

/** How the use awake that an interval is priced with is known. */
public enum Evidence {
  /** Measured in the same hour. */
  MEASURED,
  /** Not measured in this hour: the mean of the last measured hours awake. */
  EARLIER,
  /** Never measured awake. */
  NONE
}
