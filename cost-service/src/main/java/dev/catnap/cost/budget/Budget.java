package dev.catnap.cost.budget;

import dev.catnap.cost.pricing.Amounts;
import dev.catnap.events.Check;
import dev.catnap.events.InvalidFieldException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * So much may be spent in a week or a month.
 *
 * @param name 1 to 128 of {@code A-Z a-z 0-9 _ . -}
 * @param amount more than 0, at most 6 decimals
 * @param thresholds in percent of the amount, 1 to 10 of them, each above 0 and at most 1000
 * @param webhook http or https address that alerts are posted to; null: only the topic
 */
public record Budget(
    String name,
    Period period,
    BigDecimal amount,
    Scope scope,
    List<BigDecimal> thresholds,
    @Nullable String webhook) {
  private static final BigDecimal LARGEST = BigDecimal.valueOf(1_000_000_000_000L);
  private static final BigDecimal HIGHEST = BigDecimal.valueOf(1000);
  private static final int MOST_THRESHOLDS = 10;

  public Budget {
    Check.serviceName("name", name);
    Check.present("period", period);
    Amounts.check("amount", amount, LARGEST);
    if (amount.signum() == 0 || amount.stripTrailingZeros().scale() > 6) {
      throw new InvalidFieldException(
          "amount", "must be more than 0 with at most 6 decimals", amount);
    }
    if (thresholds.isEmpty() || thresholds.size() > MOST_THRESHOLDS) {
      throw new InvalidFieldException("thresholds", "must be 1 to 10 percentages", thresholds);
    }
    thresholds = thresholds.stream().map(Budget::threshold).distinct().sorted().toList();
    checkWebhook(webhook);
  }

  /** Written plainly: 50, not 5E+1. */
  private static BigDecimal threshold(BigDecimal percent) {
    BigDecimal checked = Amounts.check("thresholds", percent, HIGHEST);
    if (checked.signum() == 0) {
      throw new InvalidFieldException("thresholds", "must be above 0", percent);
    }
    return checked;
  }

  private static void checkWebhook(@Nullable String webhook) {
    if (webhook == null) {
      return;
    }
    try {
      URI uri = new URI(webhook);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web && uri.getHost() != null && webhook.length() <= 2000) {
        return;
      }
    } catch (URISyntaxException e) {
      // Refused below.
    }
    throw new InvalidFieldException("webhook", "must be an http or https address", webhook);
  }

  /** Thresholds that so much spending has reached. */
  public List<BigDecimal> reached(BigDecimal spent) {
    return thresholds.stream()
        .filter(threshold -> spent.movePointRight(2).compareTo(threshold.multiply(amount)) >= 0)
        .toList();
  }
}
