package dev.catnap.cost.pricing.jpa;

import dev.catnap.cost.pricing.Reprice;
import dev.catnap.cost.pricing.RepriceEffect;
import dev.catnap.cost.pricing.RepriceEffect.Sum;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A row of {@code reprice}. Its rules are those of {@link Reprice}. */
@Entity
@Table(name = "reprice")
public class RepriceRow {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private @Nullable Long id;

  @Column(name = "asked_at")
  private Instant askedAt = Instant.EPOCH;

  @Column(name = "from_at")
  private Instant from = Instant.EPOCH;

  @Column(name = "to_at")
  private Instant to = Instant.EPOCH;

  @Column(name = "reason")
  private String reason = "";

  @Column(name = "currency_before")
  private @Nullable String currencyBefore;

  @Column(name = "actual_before")
  private @Nullable BigDecimal actualBefore;

  @Column(name = "baseline_before")
  private @Nullable BigDecimal baselineBefore;

  @Column(name = "currency_after")
  private @Nullable String currencyAfter;

  @Column(name = "actual_after")
  private @Nullable BigDecimal actualAfter;

  @Column(name = "baseline_after")
  private @Nullable BigDecimal baselineAfter;

  /** For Hibernate. */
  protected RepriceRow() {}

  RepriceRow(RepriceEffect effect) {
    Reprice reprice = effect.reprice();
    askedAt = reprice.askedAt();
    from = reprice.from();
    to = reprice.to();
    reason = reprice.reason();
    Sum before = effect.before();
    if (before != null) {
      currencyBefore = before.currency();
      actualBefore = before.actual();
      baselineBefore = before.baseline();
    }
    Sum after = effect.after();
    if (after != null) {
      currencyAfter = after.currency();
      actualAfter = after.actual();
      baselineAfter = after.baseline();
    }
  }

  /** Null until it is stored. */
  public @Nullable Long id() {
    return id;
  }

  Reprice reprice() {
    return new Reprice(askedAt, from, to, reason);
  }

  /** What was asked, and what difference it made. */
  public RepriceEffect effect() {
    return new RepriceEffect(
        reprice(),
        sum(currencyBefore, actualBefore, baselineBefore),
        sum(currencyAfter, actualAfter, baselineAfter));
  }

  private static @Nullable Sum sum(
      @Nullable String currency, @Nullable BigDecimal actual, @Nullable BigDecimal baseline) {
    return currency == null
        ? null
        : new Sum(currency, Objects.requireNonNull(actual), Objects.requireNonNull(baseline));
  }
}
