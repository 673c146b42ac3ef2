package dev.catnap.events.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The bytes on the wire, as files: a change of one is a change of the contract. */
final class Golden {
  private Golden() {}

  static byte[] file(String name) {
    return resource("/golden/" + name + ".json");
  }

  static byte[] schema(String name) {
    return resource("/dev/catnap/events/schemas/" + name + ".schema.json");
  }

  static byte[] asyncApi() {
    return resource("/dev/catnap/events/asyncapi.yaml");
  }

  private static byte[] resource(String path) {
    try (InputStream in = Golden.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new AssertionError("no resource " + path);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
