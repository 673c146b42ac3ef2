package dev.catnap.gateways;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where {@code deploy/gateways} is: above the module the tests run in. */
final class DeployFiles {

  private DeployFiles() {}

  static Path directory(String gateway) {
    Path above = Path.of("").toAbsolutePath();
    while (above != null && !Files.isDirectory(above.resolve("deploy/gateways"))) {
      above = above.getParent();
    }
    if (above == null) {
      throw new IllegalStateException("There is no deploy/gateways above " + Path.of(""));
    }
    return above.resolve("deploy/gateways").resolve(gateway);
  }
}
