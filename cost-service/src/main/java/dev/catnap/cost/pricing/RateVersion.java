package dev.catnap.cost.pricing;

import java.time.Instant;

/**
 * A rate card as it was recorded. The newest version of a card stands; none is ever overwritten.
 *
 * @param version rises with each recording
 * @param card number of the card, the same in all its versions
 * @param recordedAt when it became known
 * @param recordedBy {@code start}, {@code api} or {@code import}
 * @param removed whether the card was removed by this version; {@code content} is then what it was
 */
public record RateVersion(
    long version,
    long card,
    Instant recordedAt,
    String recordedBy,
    boolean removed,
    RateCard content) {
  /** What there was at the start counts as known since ever. */
  public static final Instant SINCE_EVER = Instant.EPOCH;
}
