package dev.catnap.cost.pricing.jpa;

import dev.catnap.cost.pricing.Rates;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** A row of {@code rate_card}. Its rules are those of {@link Rates}. */
@Entity
@Table(name = "rate_card")
public class RateCard {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private @Nullable Long id;

  @Column(name = "valid_from")
  private Instant validFrom = Instant.EPOCH;

  @Column(name = "cpu_hour")
  private BigDecimal cpuHour = BigDecimal.ZERO;

  @Column(name = "memory_gib_hour")
  private BigDecimal memoryGibHour = BigDecimal.ZERO;

  @Column(name = "storage_gib_month")
  private BigDecimal storageGibMonth = BigDecimal.ZERO;

  @Column(name = "month_hours")
  private BigDecimal monthHours = BigDecimal.ZERO;

  @Column(name = "currency")
  private String currency = "";

  /** For Hibernate. */
  protected RateCard() {}

  RateCard(Rates rates) {
    set(rates);
  }

  final void set(Rates rates) {
    validFrom = rates.validFrom().truncatedTo(ChronoUnit.MICROS);
    cpuHour = rates.cpuHour();
    memoryGibHour = rates.memoryGibHour();
    storageGibMonth = rates.storageGibMonth();
    monthHours = rates.monthHours();
    currency = rates.currency();
  }

  /** Null until it is stored. */
  public @Nullable Long id() {
    return id;
  }

  public Rates rates() {
    return new Rates(
        validFrom,
        plain(cpuHour),
        plain(memoryGibHour),
        plain(storageGibMonth),
        plain(monthHours),
        currency);
  }

  private static BigDecimal plain(BigDecimal stored) {
    BigDecimal stripped = stored.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
