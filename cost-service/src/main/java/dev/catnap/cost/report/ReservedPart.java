package dev.catnap.cost.report;

import java.math.BigDecimal;

/**
 * What reservations make of an item's cost: {@code paid} = actual - covered + charged, all as
 * shown.
 *
 * @param covered what of {@code actual} was covered, at the cards
 * @param charged the part of what reservations cost that is for it
 * @param paid what the item really cost, without what nobody used
 */
public record ReservedPart(BigDecimal covered, BigDecimal charged, BigDecimal paid) {}
