package dev.catnap.cost.focus;

import static dev.catnap.cost.focus.FocusColumn.maybe;
import static dev.catnap.cost.focus.FocusColumn.text;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

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
    columns.add(text("x_Host", FocusRow::host));
    columns.add(text("x_Service", FocusRow::service));
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
    columns.add(text("BillingAccountId", row -> row.account().id()));
    columns.add(maybe("BillingAccountName", row -> row.account().id()));
    columns.add(text("BillingCurrency", FocusRow::currency));
    columns.add(time("BillingPeriodStart", FocusRow::billingPeriodStart));
    columns.add(time("BillingPeriodEnd", FocusRow::billingPeriodEnd));
    columns.add(time("ChargePeriodStart", FocusRow::from));
    columns.add(time("ChargePeriodEnd", FocusRow::to));
    columns.add(text("ChargeCategory", row -> "Usage"));
    columns.add(maybe("ChargeClass", row -> row.correction() ? "Correction" : null));
    columns.add(maybe("ChargeDescription", FocusRow::description));
    columns.add(text("ChargeFrequency", row -> "Usage-Based"));
    columns.add(text("InvoiceIssuerName", row -> row.account().provider()));
    columns.add(maybe("ConsumedUnit", row -> row.resource().unit()));
    columns.add(maybe("PricingUnit", row -> row.resource().unit()));
    columns.add(maybe("PricingCategory", row -> "Standard"));
    columns.add(
        text("ServiceCategory", row -> row.resource().isNetwork() ? "Networking" : "Compute"));
    columns.add(text("ServiceName", row -> "Containers"));
    columns.add(
        text(
            "ServiceSubcategory",
            row -> row.resource().isNetwork() ? "Other (Networking)" : "Containers"));
    columns.add(maybe("ResourceId", row -> row.host() + "/" + row.container()));
    columns.add(maybe("ResourceName", FocusRow::container));
    columns.add(maybe("ResourceType", row -> "Container"));
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

  /** Nothing is discounted, so all four costs are the same. */
  private static List<FocusColumn> money() {
    return List.of(
        decimal("BilledCost", false, COST_DECIMALS, FocusRow::cost),
        decimal("EffectiveCost", false, COST_DECIMALS, FocusRow::cost),
        decimal("ListCost", false, COST_DECIMALS, FocusRow::cost),
        decimal("ContractedCost", false, COST_DECIMALS, FocusRow::cost),
        decimal("ListUnitPrice", true, PRICE_DECIMALS, FocusRow::unitPrice),
        decimal("ContractedUnitPrice", true, PRICE_DECIMALS, FocusRow::unitPrice),
        decimal("PricingQuantity", true, FocusRow.QUANTITY_DECIMALS, FocusRow::quantity),
        decimal("ConsumedQuantity", true, FocusRow.QUANTITY_DECIMALS, FocusRow::quantity));
  }

  private static FocusColumn decimal(
      String name, boolean nullable, int scale, Function<FocusRow, BigDecimal> value) {
    return new FocusColumn(name, FocusColumn.Type.DECIMAL, nullable, scale, value::apply);
  }

  private static FocusColumn time(String name, Function<FocusRow, Instant> value) {
    return new FocusColumn(name, FocusColumn.Type.TIME, false, 0, value::apply);
  }
}
