package dev.catnap.cost.focus;

import dev.catnap.events.InvalidFieldException;

/** Versions of FOCUS that are written. */
public enum FocusVersion {
  V1_2("1.2"),
  /** ServiceProviderName and HostProviderName stand for ProviderName and PublisherName. */
  V1_4("1.4");

  private final String number;

  FocusVersion(String number) {
    this.number = number;
  }

  public String number() {
    return number;
  }

  /** Reads {@code 1.2} or {@code 1.4}. */
  public static FocusVersion parse(String text) {
    for (FocusVersion version : values()) {
      if (version.number.equals(text)) {
        return version;
      }
    }
    throw new InvalidFieldException("version", "must be 1.2 or 1.4", text);
  }
}
