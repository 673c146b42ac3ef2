package dev.catnap.events;

import org.jspecify.annotations.Nullable;

/**
 * A value that breaks a rule of the contract; the message names the field, the rule and the value.
 */
public final class InvalidFieldException extends IllegalArgumentException {
  private static final int LONGEST_VALUE = 200;

  private final String field;
  private final String rule;
  private final @Nullable String value;

  /**
   * @param field path of the field as the sender wrote it, such as {@code
   *     sleep_policy.idle_timeout}
   * @param rule what must hold, such as {@code must be at least 0}
   * @param value what was sent; cut to 200 characters, null when it was absent
   */
  public InvalidFieldException(String field, String rule, @Nullable Object value) {
    super(describe(field, rule, value));
    this.field = field;
    this.rule = rule;
    this.value = value == null ? null : cut(value.toString());
  }

  private static String describe(String field, String rule, @Nullable Object value) {
    String said = value == null ? "it is absent" : "it is '" + cut(value.toString()) + "'";
    return field + " " + rule + ", but " + said;
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "...";
  }

  public String field() {
    return field;
  }

  public String rule() {
    return rule;
  }

  public @Nullable String value() {
    return value;
  }
}
