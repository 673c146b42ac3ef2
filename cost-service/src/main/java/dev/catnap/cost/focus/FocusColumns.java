package dev.catnap.cost.focus;

import static dev.catnap.cost.focus.FocusColumn.maybe;
import static dev.catnap.cost.focus.FocusColumn.text;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The columns of the export after the FinOps Open Cost and Usage Specification: those it names in
 * order of the alphabet, our own ({@code x_}) last.
 */
public final class FocusColumns {
  /** Quantity has 9, unit price 18: the product never needs more. */
  private static final int COST_DECIMALS = 27;

  private static final int PRICE_DECIMALS = 18;

  private FocusColumns() {}

  public static List<FocusColumn> of(FocusVersion version) {
    List<FocusColumn> columns = new ArrayList<>(common());
    columns.addAll(providers(version));
    columns.sort(Comparator.comparing(FocusColumn::name));
    columns.add(maybe("x_Group", FocusRow::group));
    columns.add(maybe("x_Host", FocusRow::host));
    columns.add(maybe("x_Service", FocusRow::service));
    return columns;
  }

  private static List<FocusColumn> providers(FocusVersion version) {
    return switch (version) {
      case V1_2 ->
          List.of(
              text("ProviderName", row -> row.account().provider()),
              text("PublisherName", row -> row.account().provider()));
      case V1_4 ->
          List.of(
              text("ServiceProviderName", row -> row.account().provider()),
              maybe("HostProviderName", row -> row.account().provider()));
    };
  }

  private static List<FocusColumn> common() {
    List<FocusColumn> columns = new ArrayList<>(money());
    columns.addAll(commitments());
    columns.add(text("BillingAccountId", row -> row.account().id()));
    columns.add(maybe("BillingAccountName", row -> row.account().id()));
    columns.add(text("BillingCurrency", FocusRow::currency));
    columns.add(time("BillingPeriodStart", FocusRow::billingPeriodStart));
    columns.add(time("BillingPeriodEnd", FocusRow::billingPeriodEnd));
    columns.add(time("ChargePeriodStart", FocusRow::from));
    columns.add(time("ChargePeriodEnd", FocusRow::to));
    columns.add(text("ChargeCategory", row -> row.isPurchase() ? "Purchase" : "Usage"));
    columns.add(maybe("ChargeClass", row -> row.correction() ? "Correction" : null));
    columns.add(maybe("ChargeDescription", FocusRow::description));
    columns.add(text("ChargeFrequency", row -> row.isPurchase() ? "Recurring" : "Usage-Based"));
    columns.add(text("InvoiceIssuerName", row -> row.account().provider()));
    columns.add(maybe("ConsumedUnit", row -> row.isConsumed() ? row.resource().unit() : null));
    columns.add(maybe("PricingUnit", row -> row.resource().unit()));
    columns.add(maybe("PricingCategory", FocusRow::pricingCategory));
    columns.add(
        text("ServiceCategory", row -> row.resource().isNetwork() ? "Networking" : "Compute"));
    columns.add(text("ServiceName", row -> "Containers"));
    columns.add(
        text(
            "ServiceSubcategory",
            row -> row.resource().isNetwork() ? "Other (Networking)" : "Containers"));
    columns.add(maybe("ResourceId", FocusRow::resourceId));
    columns.add(maybe("ResourceName", FocusRow::resourceName));
    columns.add(maybe("ResourceType", FocusRow::resourceType));
    columns.add(maybe("SkuId", row -> "catnap-" + row.sku()));
    columns.add(maybe("SkuMeter", row -> row.meter() + " Usage"));
    columns.add(
        maybe(
            "SkuPriceId",
            row ->
                "catnap-"
                    + row.sku()
                    + "-"
                    + row.unitPrice().stripTrailingZeros().toPlainString()));
    columns.add(
        new FocusColumn(
            "Tags",
            FocusColumn.Type.JSON,
            true,
            0,
            row -> row.labels().isEmpty() ? null : TagsJson.write(row.labels())));
    return columns;
  }

  /** Of a reservation, which commits to usage; none else has any. */
  private static List<FocusColumn> commitments() {
    return List.of(
        ofCommitment("CommitmentDiscountCategory", row -> "Usage"),
        ofCommitment("CommitmentDiscountId", FocusCommitment::id),
        ofCommitment("CommitmentDiscountName", FocusCommitment::name),
        ofCommitment("CommitmentDiscountStatus", FocusCommitment::status),
        ofCommitment("CommitmentDiscountType", row -> "Reserved Capacity"),
        maybe(
            "CommitmentDiscountUnit",
            row -> row.commitment() == null ? null : row.resource().unit()),
        decimal(
            "CommitmentDiscountQuantity",
            true,
            FocusRow.QUANTITY_DECIMALS,
            row -> row.commitment() == null ? null : row.quantity()));
  }

  private static FocusColumn ofCommitment(
      String name, Function<FocusCommitment, @Nullable String> value) {
    return maybe(
        name,
        row -> {
          FocusCommitment commitment = row.commitment();
          return commitment == null ? null : value.apply(commitment);
        });
  }

  /** Only reservations make a difference: at the cards nothing is discounted. */
  private static List<FocusColumn> money() {
    return List.of(
        decimal("BilledCost", false, COST_DECIMALS, FocusRow::billed),
        decimal("EffectiveCost", false, COST_DECIMALS, FocusRow::effective),
        decimal("ListCost", false, COST_DECIMALS, FocusRow::cost),
        decimal("ContractedCost", false, COST_DECIMALS, FocusRow::cost),
        decimal("ListUnitPrice", true, PRICE_DECIMALS, FocusRow::unitPrice),
        decimal("ContractedUnitPrice", true, PRICE_DECIMALS, FocusRow::unitPrice),
        decimal("PricingQuantity", true, FocusRow.QUANTITY_DECIMALS, FocusRow::quantity),
        decimal(
            "ConsumedQuantity",
            true,
            FocusRow.QUANTITY_DECIMALS,
            row -> row.isConsumed() ? row.quantity() : null));
  }

  private static FocusColumn decimal(
      String name, boolean nullable, int scale, Function<FocusRow, @Nullable BigDecimal> value) {
    return new FocusColumn(name, FocusColumn.Type.DECIMAL, nullable, scale, value::apply);
  }

  private static FocusColumn time(String name, Function<FocusRow, Instant> value) {
    return new FocusColumn(name, FocusColumn.Type.TIME, false, 0, value::apply);
  }
}
