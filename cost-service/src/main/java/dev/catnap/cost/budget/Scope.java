package dev.catnap.cost.budget;

import dev.catnap.cost.report.Spend;
import dev.catnap.events.Check;
import dev.catnap.events.InvalidFieldException;
import org.jspecify.annotations.Nullable;

/**
 * What a budget is for.
 *
 * @param value name of the service or group, {@code NAME=VALUE} of the label; null for all
 */
public record Scope(Kind kind, @Nullable String value) {
  /** The kinds. */
  public enum Kind {
    ALL,
    SERVICE,
    GROUP,
    LABEL
  }

  public Scope {
    if (kind == Kind.ALL && value != null) {
      throw new InvalidFieldException("scopeValue", "must be absent where scope is all", value);
    }
    if (kind != Kind.ALL) {
      Check.text("scopeValue", value);
    }
    if (kind == Kind.SERVICE) {
      Check.serviceName("scopeValue", value);
    }
    if (kind == Kind.LABEL && (value == null || value.indexOf('=') < 1)) {
      throw new InvalidFieldException("scopeValue", "must be NAME=VALUE of a label", value);
    }
  }

  /** Whether an amount counts. */
  public boolean has(Spend spend) {
    String wanted = value;
    if (wanted == null) {
      return true;
    }
    return switch (kind) {
      case ALL -> true;
      case SERVICE -> spend.service().equals(wanted);
      case GROUP -> wanted.equals(spend.group());
      case LABEL -> {
        int equals = wanted.indexOf('=');
        yield wanted.substring(equals + 1).equals(spend.labels().get(wanted.substring(0, equals)));
      }
    };
  }
}
