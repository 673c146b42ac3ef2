package dev.catnap.ingest.gate.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which host a request is for: {@code ?host=}, else the first of {@code X-Forwarded-Host}, else
 * {@code Host}; in lower case, without a port.
 */
final class GateHost {
  private GateHost() {}

  static String of(HttpServletRequest request) {
    String asked = GateQuery.text(request.getQueryString(), "host=");
    if (asked != null && !asked.isEmpty()) {
      return plain(decoded(asked));
    }
    String forwarded = request.getHeader("X-Forwarded-Host");
    String host = forwarded == null ? request.getHeader("Host") : forwarded;
    return host == null ? "" : plain(host);
  }

  /** What cannot be decoded is a name that nobody has. */
  private static String decoded(String text) {
    try {
      return text.indexOf('%') < 0 ? text : URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  static String plain(String given) {
    int comma = given.indexOf(',');
    String host = (comma < 0 ? given : given.substring(0, comma)).strip();
    int end = portOf(host);
    if (end > 0 && host.charAt(end - 1) == '.') {
      end--;
    }
    return host.substring(0, end).toLowerCase(Locale.ROOT);
  }

  /** Where the port begins; the colons of an IPv6 address stand in brackets. */
  private static int portOf(String host) {
    int colon = host.indexOf(':', host.startsWith("[") ? host.indexOf(']') + 1 : 0);
    return colon < 0 ? host.length() : colon;
  }

  /** The service in {@code /gate/{service}}; what gateways append is theirs. Empty: none. */
  static String serviceIn(@Nullable String path) {
    if (path == null || path.length() < 2) {
      return "";
    }
    int end = path.indexOf('/', 1);
    return end < 0 ? path.substring(1) : path.substring(1, end);
  }
}
