package dev.catnap.embedded;

/** Checks that settings of both servers share. Each message names the setting and its value. */
public final class SettingsCheck {

  private SettingsCheck() {}

  /** A port to listen on: 0 (a free one) to 65535. */
  public static void port(String name, int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          name + " must be 0 (a free port) to 65535, but is " + port + ".");
    }
  }

  /** Text that is neither empty nor blank. */
  public static void notBlank(String name, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(name + " must not be empty.");
    }
  }
}
