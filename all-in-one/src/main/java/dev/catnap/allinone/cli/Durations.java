package dev.catnap.allinone.cli;

import dev.catnap.events.InvalidFieldException;
import dev.catnap.events.Quantities;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations on the command line: {@code 10s}, {@code 5m}, or a number of seconds. */
public final class Durations implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    try {
      return Quantities.duration("duration", text);
    } catch (InvalidFieldException e) {
      throw new TypeConversionException("'" + text + "' is no duration such as 10s or 5m");
    }
  }

  /** {@code 4s}, {@code 2m 5s}, {@code 3h 2m}: the two largest units are enough for a person. */
  public static String human(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3600) {
      return seconds / 60 + "m " + seconds % 60 + "s";
    }
    if (seconds < 86_400) {
      return seconds / 3600 + "h " + seconds % 3600 / 60 + "m";
    }
    return seconds / 86_400 + "d " + seconds % 86_400 / 3600 + "h";
  }
}
