package dev.catnap.allinone.up;

import java.net.URI;
import java.time.Duration;

/** Told as things come up and go down. */
public interface Progress {
  /** Something that is worth a line, such as what is managed. */
  void info(String part, String text);

  /** A part is up. */
  void up(String part, Duration took, String text);

  /** Everything answers. */
  void ready(URI address, Duration took);
}
