package dev.catnap.cost.report.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.catnap.cost.pricing.http.RatesView;
import dev.catnap.cost.report.CostItem;
import dev.catnap.cost.report.CostPoint;
import dev.catnap.cost.report.CostTotal;
import dev.catnap.cost.report.IdleReport;
import dev.catnap.cost.report.ReservedCost;
import dev.catnap.cost.report.SuiteCost;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GET /metrics/cost} answers. Money in units of {@code currency}, 6 decimals.
 *
 * @param to the end asked for, or the present
 * @param aggregate what items are summed by
 * @param rates cards that hold in the window, reserved capacity among them, the earliest first
 * @param nextCursor asks for the items that follow; absent on the last page
 * @param total of all items, not only of this page; without {@code suite} and {@code saving} where
 *     {@code suite.reason} says why
 * @param series absent where no step was asked for
 * @param reserved what reserved capacity makes of the total, which is at the cards as items and
 *     series are; absent where none holds
 * @param idle of hosts; absent where it was not asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CostAnswer(
    Instant from,
    Instant to,
    String currency,
    String aggregate,
    List<RatesView> rates,
    List<CostItem> items,
    @Nullable String nextCursor,
    CostTotal total,
    SuiteCost suite,
    @Nullable List<CostPoint> series,
    @Nullable ReservedCost reserved,
    @Nullable IdleReport idle) {}
