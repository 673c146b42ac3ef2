package dev.catnap.ingest.gate.http;

import dev.catnap.ingest.gate.Caller;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody sits before a browser and would see a page.
 *
 * <pre>
 *   X-Forwarded-Method, X-Original-Method, else the method    must be GET
 *   Origin, X-Requested-With                                  must be absent: forms and scripts
 *   Accept                                                    must name text/html
 *   Sec-Fetch-Mode                                            must be navigate; where a browser does
 *                                                             not send it, text/html must come first
 * </pre>
 *
 * Anything else is held: a page in the place of an answer would lose the request.
 */
final class Browser {
  private static final String HTML = "text/html";

  private Browser() {}

  static boolean shows(Caller caller, String method) {
    String accept = caller.header("Accept");
    return accept != null
        && accept.toLowerCase(Locale.ROOT).contains(HTML)
        && "GET".equals(original(caller, method))
        && caller.header("Origin") == null
        && caller.header("X-Requested-With") == null
        && navigates(caller.header("Sec-Fetch-Mode"), accept);
  }

  /** Gateways may ask with a method of their own. */
  private static String original(Caller caller, String method) {
    String forwarded = caller.header("X-Forwarded-Method");
    String original = forwarded == null ? caller.header("X-Original-Method") : forwarded;
    return original == null ? method : original;
  }

  private static boolean navigates(@Nullable String fetchMode, String accept) {
    return fetchMode == null
        ? accept.regionMatches(true, 0, HTML, 0, HTML.length())
        : fetchMode.equals("navigate");
  }
}
