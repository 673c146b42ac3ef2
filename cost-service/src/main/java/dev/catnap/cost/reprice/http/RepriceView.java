package dev.catnap.cost.reprice.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.catnap.cost.pricing.Reprice;
import dev.catnap.cost.pricing.RepriceEffect;
import dev.catnap.cost.pricing.RepriceEffect.Sum;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A reprice as it is shown.
 *
 * @param id absent where it was only tried
 * @param before what its time cost until then; absent where that was of two currencies
 * @param after what it costs since; absent likewise
 * @param actualDifference after less before; absent where they are of two currencies
 * @param baselineDifference likewise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RepriceView(
    @Nullable Long id,
    Instant askedAt,
    Instant from,
    Instant to,
    String reason,
    @Nullable Sum before,
    @Nullable Sum after,
    @Nullable BigDecimal actualDifference,
    @Nullable BigDecimal baselineDifference) {
  static RepriceView of(@Nullable Long id, RepriceEffect effect) {
    Reprice asked = effect.reprice();
    Sum before = effect.before();
    Sum after = effect.after();
    return new RepriceView(
        id,
        asked.askedAt(),
        asked.from(),
        asked.to(),
        asked.reason(),
        before,
        after,
        difference(before, after, Sum::actual),
        difference(before, after, Sum::baseline));
  }

  private static @Nullable BigDecimal difference(
      @Nullable Sum before, @Nullable Sum after, Function<Sum, BigDecimal> figure) {
    return before == null || after == null || !before.currency().equals(after.currency())
        ? null
        : figure.apply(after).subtract(figure.apply(before));
  }

  /** Sorts as the numbers do. */
  String key() {
    return "%020d".formatted(id == null ? 0 : id);
  }
}
