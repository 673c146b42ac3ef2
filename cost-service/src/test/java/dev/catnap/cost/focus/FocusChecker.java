package dev.catnap.cost.focus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds a FOCUS file to the specification's rules, which stand in a data file: {@code COLUMN:
 * RULE}. Says every break of a rule with line, column, rule and value.
 */
public final class FocusChecker {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String NUMBER = "-?\\d+(\\.\\d+)?(E-?\\d+)?";
  private static final String TIME = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z";

  private final List<Rule> rules = new ArrayList<>();

  private record Rule(String column, String name, String argument) {
    String text() {
      return column + ": " + name + (argument.isEmpty() ? "" : " " + argument);
    }
  }

  public FocusChecker(String version) {
    for (String line : read("/focus/rules-" + version + ".txt").lines().toList()) {
      if (!line.startsWith("#") && !line.isBlank()) {
        String[] parts = line.substring(line.indexOf(':') + 2).split(" ", 2);
        rules.add(
            new Rule(
                line.substring(0, line.indexOf(':')), parts[0], parts.length > 1 ? parts[1] : ""));
      }
    }
  }

  private static String read(String resource) {
    try (InputStream in =
        Objects.requireNonNull(FocusChecker.class.getResourceAsStream(resource), resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int rules() {
    return rules.size();
  }

  /** Every break of a rule; empty for a file that conforms. */
  public List<String> check(List<String> header, List<Map<String, String>> rows) {
    List<String> breaks = new ArrayList<>();
    checkHeader(header, breaks);
    int line = 2;
    for (Map<String, String> row : rows) {
      for (Rule rule : rules) {
        if (header.contains(rule.column()) && !holds(rule, row)) {
          breaks.add("line " + line + ", " + rule.text() + ": " + row.get(rule.column()));
        }
      }
      line++;
    }
    checkCommitments(header, rows, breaks);
    return breaks;
  }

  /**
   * Of each commitment: what its purchases are billed is what its use effectively costs, and its
   * unit is always the same.
   */
  private static void checkCommitments(
      List<String> header, List<Map<String, String>> rows, List<String> breaks) {
    if (!header.contains("CommitmentDiscountId")) {
      return;
    }
    Map<String, BigDecimal> open = new TreeMap<>();
    Map<String, String> units = new TreeMap<>();
    for (Map<String, String> row : rows) {
      String id = row.get("CommitmentDiscountId");
      if (id != null) {
        boolean purchase = "Purchase".equals(row.get("ChargeCategory"));
        BigDecimal cost = new BigDecimal(row.get(purchase ? "BilledCost" : "EffectiveCost"));
        open.merge(id, purchase ? cost : cost.negate(), BigDecimal::add);
        String unit = row.get("CommitmentDiscountUnit");
        if (!unit.equals(units.getOrDefault(id, unit))) {
          breaks.add("CommitmentDiscountUnit: not always the same of " + id);
        }
        units.put(id, unit);
      }
    }
    open.forEach((id, left) -> {
      if (left.signum() != 0) {
        breaks.add("EffectiveCost: not in sum what was billed for " + id + ": " + left);
      }
    });
  }

  private void checkHeader(List<String> header, List<String> breaks) {
    Set<String> known = new HashSet<>();
    for (Rule rule : rules) {
      known.add(rule.column());
      boolean there = header.contains(rule.column());
      if (rule.name().equals("present") && !there || rule.name().equals("absent") && there) {
        breaks.add(rule.text());
      }
    }
    boolean own = false;
    for (String column : header) {
      own |= column.startsWith("x_");
      if (!column.startsWith("x_") && !known.contains(column)) {
        breaks.add("unknown column " + column);
      }
      if (own && !column.startsWith("x_")) {
        breaks.add("column after those beginning with x_: " + column);
      }
    }
  }

  /** Null is what an empty field stands for. */
  private static boolean holds(Rule rule, Map<String, String> row) {
    String value = row.get(rule.column());
    return switch (rule.name()) {
      case "present", "absent" -> true;
      case "not-null" -> value != null;
      case "not-null-when" -> !matches(row, rule.argument()) || value != null;
      case "null-when" -> !matches(row, rule.argument()) || value == null;
      case "null-unless" -> matches(row, rule.argument()) || value == null;
      case "zero-when" ->
          !matches(row, rule.argument())
              || value != null && value.matches(NUMBER) && new BigDecimal(value).signum() == 0;
      case "just-when" -> justWhen(value, row, rule.argument().split(" "));
      case "null-with" -> (value == null) == (row.get(rule.argument()) == null);
      case "null-when-null" -> row.get(rule.argument()) != null || value == null;
      default -> value == null || formatHolds(rule, value, row);
    };
  }

  /** A value where a condition holds, and nowhere else. */
  private static boolean justWhen(String value, Map<String, String> row, String[] argument) {
    return argument[0].equals(value) == matches(row, argument[1]);
  }

  private static boolean matches(Map<String, String> row, String condition) {
    String[] sides = condition.split("=");
    List<String> any = List.of(sides[1].split("\\|"));
    return row.get(sides[0]) != null && any.contains(row.get(sides[0]));
  }

  private static boolean formatHolds(Rule rule, String value, Map<String, String> row) {
    return switch (rule.name()) {
      case "text" -> !value.isBlank() && value.equals(value.strip());
      case "decimal" -> value.matches(NUMBER);
      case "not-negative" -> value.matches(NUMBER) && new BigDecimal(value).signum() >= 0;
      case "time" -> value.matches(TIME);
      case "currency" -> value.matches("[A-Z]{3}");
      case "unit" -> value.matches("[A-Z][A-Za-z]*(-[A-Z][a-z]*s)?");
      case "json" -> isObject(value);
      case "one-of" -> List.of(rule.argument().split("\\|")).contains(value);
      case "product" -> product(value, rule.argument().split(" "), row);
      case "after" -> untimed(rule, row) || order(rule, row) > 0;
      case "not-before" -> untimed(rule, row) || order(rule, row) >= 0;
      case "before-just-when" -> beforeJustWhen(rule, row);
      default -> throw new IllegalStateException("no such rule: " + rule.text());
    };
  }

  private static boolean product(String value, String[] factors, Map<String, String> row) {
    String one = row.get(factors[0]);
    String other = row.get(factors[1]);
    return one == null
        || other == null
        || !one.matches(NUMBER)
        || !other.matches(NUMBER)
        || !value.matches(NUMBER)
        || new BigDecimal(one).multiply(new BigDecimal(other)).compareTo(new BigDecimal(value))
            == 0;
  }

  /** Before the other column where a condition holds, and nowhere else. */
  private static boolean beforeJustWhen(Rule rule, Map<String, String> row) {
    String[] parts = rule.argument().split(" ");
    Rule times = new Rule(rule.column(), rule.name(), parts[0]);
    return untimed(times, row) || order(times, row) < 0 == matches(row, parts[1]);
  }

  private static int order(Rule rule, Map<String, String> row) {
    return Instant.parse(row.get(rule.column())).compareTo(Instant.parse(row.get(rule.argument())));
  }

  /** Another rule says that it is no time. */
  private static boolean untimed(Rule rule, Map<String, String> row) {
    String one = row.get(rule.column());
    String other = row.get(rule.argument());
    return one == null || other == null || !one.matches(TIME) || !other.matches(TIME);
  }

  private static boolean isObject(String value) {
    try {
      return JSON.readTree(value).isObject();
    } catch (JacksonException e) {
      return false;
    }
  }
}
