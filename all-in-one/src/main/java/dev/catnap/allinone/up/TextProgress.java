package dev.catnap.allinone.up;

import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/** Progress for a person: an aligned line each. */
public final class TextProgress implements Progress {
  private final PrintWriter out;

  public TextProgress(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void info(String part, String text) {
    line(part, text);
  }

  @Override
  public void up(String part, Duration took, String text) {
    line(part, "up in %s%s".formatted(seconds(took), text.isEmpty() ? "" : ", " + text));
  }

  @Override
  public void ready(URI address, Duration took) {
    line("everything", "answers after " + seconds(took));
    synchronized (out) {
      out.println("ready " + address);
      out.flush();
    }
  }

  private void line(String part, String text) {
    synchronized (out) {
      out.printf("  %-18s %s%n", part, text);
      out.flush();
    }
  }

  private static String seconds(Duration took) {
    return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
  }
}
