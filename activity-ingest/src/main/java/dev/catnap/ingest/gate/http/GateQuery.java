package dev.catnap.ingest.gate.http;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The gate's own parameters in a query that may hold anything: gateways may append the query of the
 * request they ask for, and no query of somebody else's may turn into an error here. So the first
 * of a name counts, and a {@code timeout} that is no duration is as if it were not there.
 */
final class GateQuery {
  private static final Pattern TIMEOUT =
      Pattern.compile("(?:^|&)timeout=([0-9]{1,9})(ms|s|m|h)?(?=&|$)");

  private GateQuery() {}

  /**
   * The first parameter of that name, not decoded.
   *
   * @param name with {@code =}
   * @return null: there is none
   */
  static @Nullable String text(@Nullable String query, String name) {
    if (query == null) {
      return null;
    }
    int at = query.startsWith(name) ? 0 : query.indexOf("&" + name) + 1;
    if (at == 0 && !query.startsWith(name)) {
      return null;
    }
    int from = at + name.length();
    int end = query.indexOf('&', from);
    return end < 0 ? query.substring(from) : query.substring(from, end);
  }

  /**
   * {@code mode=page}: browsers are answered with a page. So they are when they ask for reasons.
   */
  static boolean asksForPage(@Nullable String query) {
    return "page".equals(text(query, "mode=")) || asksForReason(query);
  }

  /** {@code mode=reason}: why was it refused? */
  static boolean asksForReason(@Nullable String query) {
    return "reason".equals(text(query, "mode="));
  }

  /**
   * How long to wait at most: {@code timeout=10s}, a number without unit is seconds.
   *
   * @param otherwise when the query says nothing that can be understood
   * @param most what is asked for beyond that is cut to it
   */
  static Duration timeout(@Nullable String query, Duration otherwise, Duration most) {
    if (query == null || !query.contains("timeout=")) {
      return otherwise;
    }
    Matcher matcher = TIMEOUT.matcher(query);
    if (!matcher.find()) {
      return otherwise;
    }
    Duration asked = duration(Long.parseLong(matcher.group(1)), matcher.group(2));
    return asked.compareTo(most) > 0 ? most : asked;
  }

  private static Duration duration(long amount, @Nullable String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      case null, default -> Duration.ofSeconds(amount);
    };
  }
}
