package dev.catnap.bench;

import dev.catnap.events.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A real container that answers HTTP, made and removed through the engine's socket. */
record Workload(String name, String id, String address) {
  static final String LABEL = "catnap.bench";

  private static final int PORT = 8080;
  private static final String SERVE =
      "mkdir -p /www && echo ok > /www/index.html && exec busybox httpd -f -p " + PORT + " -h /www";

  /**
   * Creates and starts one.
   *
   * @param image with a busybox in it
   * @param managed whether it carries the labels that give it to Catnap
   */
  static Workload start(RawEngine engine, String image, String name, boolean managed) {
    Map<String, String> labels = new LinkedHashMap<>(Map.of(LABEL, "true"));
    if (managed) {
      labels.put("catnap.enable", "true");
      labels.put("catnap.service", name);
      labels.put("catnap.port", Integer.toString(PORT));
      labels.put("catnap.idle-timeout", "1h");
    }
    String body =
        Json.MAPPER.writeValueAsString(
            Map.of(
                "Image",
                image,
                "Labels",
                labels,
                "Entrypoint",
                List.of(),
                "Cmd",
                List.of("/bin/busybox", "sh", "-c", SERVE)));
    RawEngine.Answer created = engine.post("/containers/create?name=" + name, body);
    String id = Json.MAPPER.readTree(created.body()).get("Id").asString();
    engine.post("/containers/" + id + "/start", "");
    JsonNode networks = inspect(engine, id).at("/NetworkSettings/Networks");
    String ip = networks.iterator().next().get("IPAddress").asString();
    return new Workload(name, id, ip + ":" + PORT);
  }

  static JsonNode inspect(RawEngine engine, String id) {
    return Json.MAPPER.readTree(engine.exchange("GET", "/containers/" + id + "/json", "").body());
  }

  void pause(RawEngine engine) {
    engine.post("/containers/" + id + "/pause", "");
  }

  void unpause(RawEngine engine) {
    engine.post("/containers/" + id + "/unpause", "");
  }

  /** Removes every container that a benchmark ever started here. */
  static void removeAll(RawEngine engine) {
    String filter = "%7B%22label%22%3A%5B%22" + LABEL + "%3Dtrue%22%5D%7D";
    JsonNode all =
        Json.MAPPER.readTree(
            engine.exchange("GET", "/containers/json?all=true&filters=" + filter, "").body());
    List<String> ids = new ArrayList<>();
    all.forEach(container -> ids.add(container.get("Id").asString()));
    ids.forEach(id -> engine.exchange("DELETE", "/containers/" + id + "?force=true", ""));
  }
}
