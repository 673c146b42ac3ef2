package dev.catnap.cost.pricing.jpa;

import dev.catnap.cost.pricing.Purchase;
import dev.catnap.cost.pricing.RateCard;
import dev.catnap.cost.pricing.RateScope;
import dev.catnap.cost.pricing.RateVersion;
import dev.catnap.cost.pricing.Rates;
import dev.catnap.cost.pricing.ReservedCapacity;
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

/** A row of {@code rate_card_version}. Its rules are those of {@link RateCard}. */
@Entity
@Table(name = "rate_card_version")
public class RateVersionRow {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private @Nullable Long version;

  @Column(name = "card")
  private long card;

  @Column(name = "recorded_at")
  private Instant recordedAt = Instant.EPOCH;

  @Column(name = "recorded_by")
  private String recordedBy = "";

  @Column(name = "removed")
  private boolean removed;

  @Column(name = "valid_from")
  private Instant validFrom = Instant.EPOCH;

  @Column(name = "valid_to")
  private @Nullable Instant validTo;

  @Column(name = "host")
  private @Nullable String host;

  @Column(name = "label")
  private @Nullable String label;

  @Column(name = "purchase")
  private String purchase = "";

  @Column(name = "currency")
  private String currency = "";

  @Column(name = "cpu_hour")
  private @Nullable BigDecimal cpuHour;

  @Column(name = "memory_gib_hour")
  private @Nullable BigDecimal memoryGibHour;

  @Column(name = "storage_gib_month")
  private @Nullable BigDecimal storageGibMonth;

  @Column(name = "network_in_gib")
  private @Nullable BigDecimal networkInGib;

  @Column(name = "network_out_gib")
  private @Nullable BigDecimal networkOutGib;

  @Column(name = "month_hours")
  private @Nullable BigDecimal monthHours;

  @Column(name = "cores")
  private @Nullable BigDecimal cores;

  @Column(name = "memory_gib")
  private @Nullable BigDecimal memoryGib;

  @Column(name = "amount_hour")
  private @Nullable BigDecimal amountHour;

  /** For Hibernate. */
  protected RateVersionRow() {}

  RateVersionRow(
      long card, Instant recordedAt, String recordedBy, boolean removed, RateCard content) {
    this.card = card;
    this.recordedAt = recordedAt;
    this.recordedBy = recordedBy;
    this.removed = removed;
    validFrom = content.validFrom();
    validTo = content.validTo();
    RateScope scope = content.scope();
    host = scope.kind() == RateScope.Kind.HOST ? scope.value() : null;
    label = scope.kind() == RateScope.Kind.LABEL ? scope.value() : null;
    purchase = content.purchase().text();
    currency = content.currency();
    switch (content) {
      case Rates rates -> set(rates);
      case ReservedCapacity capacity -> set(capacity);
    }
  }

  private void set(Rates rates) {
    cpuHour = rates.cpuHour();
    memoryGibHour = rates.memoryGibHour();
    storageGibMonth = rates.storageGibMonth();
    networkInGib = rates.networkInGib();
    networkOutGib = rates.networkOutGib();
    monthHours = rates.monthHours();
  }

  private void set(ReservedCapacity capacity) {
    cores = capacity.cores();
    memoryGib = capacity.memoryGib();
    amountHour = capacity.amountHour();
  }

  /** As it was recorded. Only of what is stored. */
  RateVersion recorded() {
    return new RateVersion(
        Objects.requireNonNull(version), card, recordedAt, recordedBy, removed, content());
  }

  private RateCard content() {
    RateScope scope = RateScope.of(host, label);
    Purchase bought = Purchase.parse(purchase);
    return bought == Purchase.RESERVED
        ? new ReservedCapacity(
            validFrom,
            validTo,
            scope,
            Objects.requireNonNull(cores),
            Objects.requireNonNull(memoryGib),
            Objects.requireNonNull(amountHour),
            currency)
        : new Rates(
            validFrom,
            validTo,
            scope,
            bought,
            Objects.requireNonNull(cpuHour),
            Objects.requireNonNull(memoryGibHour),
            Objects.requireNonNull(storageGibMonth),
            Objects.requireNonNull(networkInGib),
            Objects.requireNonNull(networkOutGib),
            Objects.requireNonNull(monthHours),
            currency);
  }
}
