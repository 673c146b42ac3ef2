package dev.catnap.cost.pricing;

import dev.catnap.events.Check;
import dev.catnap.events.InvalidFieldException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which containers a rate card is for.
 *
 * @param value the host's name, or {@code NAME=VALUE} of the label; empty for {@link Kind#DEFAULT}
 */
public record RateScope(Kind kind, String value) {
  /** The kinds; of several that match, the one that stands first here decides. */
  public enum Kind {
    /** Services whose newest definition has the label. */
    LABEL,
    /** Containers on the host. */
    HOST,
    /** All. */
    DEFAULT
  }

  public static final RateScope EVERYTHING = new RateScope(Kind.DEFAULT, "");

  /**
   * @param host null: any
   * @param label {@code NAME=VALUE}; null: any; never beside {@code host}
   */
  public static RateScope of(@Nullable String host, @Nullable String label) {
    if (host != null && label != null) {
      throw new InvalidFieldException("label", "must not be given beside host", label);
    }
    if (host != null) {
      return new RateScope(Kind.HOST, withoutNul("host", Check.text("host", host)));
    }
    if (label == null) {
      return EVERYTHING;
    }
    if (Check.text("label", label).indexOf('=') < 1) {
      throw new InvalidFieldException("label", "must be NAME=VALUE, such as team=blue", label);
    }
    return new RateScope(Kind.LABEL, withoutNul("label", label));
  }

  private static String withoutNul(String field, String text) {
    if (text.indexOf('\0') >= 0) {
      throw new InvalidFieldException(
          field, "must not have a NUL character", text.replace('\0', '?'));
    }
    return text;
  }

  /** Empty where it is no label. */
  String labelName() {
    return kind == Kind.LABEL ? value.substring(0, value.indexOf('=')) : "";
  }

  /** As {@link #labelName}. */
  String labelValue() {
    return kind == Kind.LABEL ? value.substring(value.indexOf('=') + 1) : "";
  }

  /** The label as a map; empty where it is none. */
  public Map<String, String> labels() {
    return kind == Kind.LABEL ? Map.of(labelName(), labelValue()) : Map.of();
  }

  @Override
  public String toString() {
    return switch (kind) {
      case DEFAULT -> "default";
      case HOST -> "host " + value;
      case LABEL -> "label " + value;
    };
  }
}
