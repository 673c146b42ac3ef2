package dev.catnap.cost.budget.http;

import dev.catnap.cost.budget.Budget;
import dev.catnap.cost.budget.Period;
import dev.catnap.cost.budget.Scope;
import dev.catnap.events.Check;
import dev.catnap.events.InvalidFieldException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A budget as it is sent; its name is in the path.
 *
 * @param period weekly or monthly, the default
 * @param amount required
 * @param scope all, the default, service, group or label
 * @param scopeValue name of the service or group, or NAME=VALUE of the label
 * @param thresholds in percent, by default 50, 80, 100
 */
record BudgetBody(
    @Nullable String period,
    @Nullable BigDecimal amount,
    @Nullable String scope,
    @Nullable String scopeValue,
    @Nullable List<BigDecimal> thresholds,
    @Nullable String webhook) {
  private static final List<BigDecimal> USUAL =
      List.of(BigDecimal.valueOf(50), BigDecimal.valueOf(80), BigDecimal.valueOf(100));

  Budget budget(String name) {
    return new Budget(
        name,
        one(Period.class, "period", "weekly or monthly", period, Period.MONTHLY),
        Check.present("amount", amount),
        new Scope(
            one(Scope.Kind.class, "scope", "all, service, group or label", scope, Scope.Kind.ALL),
            scopeValue),
        thresholds == null ? USUAL : thresholds,
        webhook);
  }

  private static <E extends Enum<E>> E one(
      Class<E> type, String field, String names, @Nullable String text, E otherwise) {
    if (text == null) {
      return otherwise;
    }
    for (E value : type.getEnumConstants()) {
      if (value.name().equals(text.toUpperCase(Locale.ROOT))) {
        return value;
      }
    }
    throw new InvalidFieldException(field, "must be " + names, text);
  }
}
