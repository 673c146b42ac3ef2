package dev.catnap.ingest.gate.http;

import dev.catnap.ingest.gate.Waking;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;

/**
 * What a person sees while a service is being woken: one small page without scripts and without
 * anything from elsewhere. It asks for the same address again and again, and so lands on the page
 * that was asked for; 503, so that nobody takes it for the answer.
 */
final class WaitingPage {
  private static final String STYLE = resource("waiting-page.css");
  private static final String PAGE = resource("waiting-page.html").replace("{style}", STYLE);

  /**
   * The one style of the page and nothing else. It may stand in a frame: where the page that was
   * asked for may, this one must not be the end of the way to it.
   */
  private static final String POLICY =
      "default-src 'none'; style-src 'sha256-"
          + sha256(STYLE)
          + "'; base-uri 'none'; form-action 'none'";

  /** Later than usual by more than this is worth a word. */
  private static final Duration LATE = Duration.ofSeconds(2);

  private static final String NEXT = "The page you asked for opens by itself once it is ready. ";

  private WaitingPage() {}

  static void write(HttpServletResponse response, Waking waking) throws IOException {
    int again = againSeconds(waking);
    byte[] body = render(waking, again).getBytes(StandardCharsets.UTF_8);
    response.setStatus(503);
    response.setHeader("Retry-After", Integer.toString(again));
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader(GateServlet.STATE, waking.state().name());
    response.setContentType("text/html;charset=utf-8");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /**
   * When it asks again. Each time a screen reader begins anew, so who has waited for long is
   * spared.
   *
   * <pre>
   *  waited up to 10 s      every second
   *  up to a minute         every 2 s
   *  longer, or in trouble  every 5 s
   * </pre>
   */
  static int againSeconds(Waking waking) {
    long waited = waited(waking).toSeconds();
    if (waking.trouble() != null || waited >= 60) {
      return 5;
    }
    return waited < 10 ? 1 : 2;
  }

  static String render(Waking waking, int againSeconds) {
    String name = escape(waking.service());
    String trouble = waking.trouble();
    // What others wrote is put in last, so that no placeholder in it is ever looked at.
    return PAGE.replace("{again}", Integer.toString(againSeconds))
        .replace("{title}", trouble == null ? "Waking {name}" : "{name} cannot be woken")
        .replace("{heading}", trouble == null ? "Waking" : "Cannot be woken yet")
        .replace("{kind}", trouble == null ? "waking" : "trouble")
        .replace("{status}", status(waking))
        .replace("{progress}", trouble == null ? progress(waking) : "")
        .replace("{next}", trouble == null ? NEXT : "")
        .replace("{since}", escape(waking.askedSince().toString()))
        .replace("{name}", name)
        .replace("{reason}", trouble == null ? "" : escape(trouble));
  }

  private static String status(Waking waking) {
    String asked = "Requested <time datetime=\"{since}\">" + ago(waited(waking)) + "</time>.";
    if (waking.trouble() != null) {
      return asked
          + " It is tried again as long as somebody asks; this page does."
          + "</p>\n<p class=\"reason\" dir=\"auto\">{reason}";
    }
    Duration usual = waking.usual();
    if (usual == null) {
      return asked;
    }
    boolean late = waited(waking).compareTo(usual.plus(LATE)) > 0;
    String sofar = late ? "; this time it takes longer." : ".";
    return asked + "<br>It usually takes " + about(usual) + sofar;
  }

  /** Shows how far it is where that is known, else only that something is going on. */
  private static String progress(Waking waking) {
    Duration usual = waking.usual();
    String share =
        usual == null || waited(waking).compareTo(usual) >= 0
            ? ""
            : " max=\"" + usual.toMillis() + "\" value=\"" + waited(waking).toMillis() + "\"";
    return "<progress aria-label=\"Waking\"" + share + "></progress>";
  }

  private static Duration waited(Waking waking) {
    return Duration.between(waking.askedSince(), waking.now());
  }

  private static String ago(Duration waited) {
    return waited.toSeconds() < 1 ? "just now" : seconds(waited.toSeconds()) + " ago";
  }

  private static String about(Duration usual) {
    return usual.toMillis() < 1000
        ? "less than a second"
        : "about " + seconds(Math.round(usual.toMillis() / 1000.0));
  }

  /** Minutes from two minutes on. */
  private static String seconds(long seconds) {
    if (seconds >= 120) {
      return seconds / 60 + " minutes";
    }
    return seconds == 1 ? "1 second" : seconds + " seconds";
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static String resource(String name) {
    try (InputStream in = WaitingPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program is not complete: " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return Base64.getEncoder()
          .encodeToString(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
