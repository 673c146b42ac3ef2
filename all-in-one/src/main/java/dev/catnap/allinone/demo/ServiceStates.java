package dev.catnap.allinone.demo;

import dev.catnap.allinone.cli.ApiClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** All services' states in one line. */
final class ServiceStates {
  private ServiceStates() {}

  static String line(ApiClient api) {
    List<String> states = new ArrayList<>();
    for (JsonNode service : api.get("/services/status?limit=1000").json().path("items")) {
      states.add(
          service.path("service").asString("?")
              + " "
              + service.path("state").asString("?").toLowerCase(Locale.ROOT));
    }
    return String.join(", ", states);
  }
}
