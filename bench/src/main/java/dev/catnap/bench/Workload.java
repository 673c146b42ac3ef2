package dev.catnap.bench;

import dev.catnap.events.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A real container that answers HTTP, made and removed through the engine's socket. */
record Workload(String name, String id, String address) {
  static final String LABEL = "dev.catnap.bench";

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
    return start(engine, image, name, managed ? managed(name, "1h") : Map.of(), null);
  }

  /** The labels that give it to Catnap. */
  static Map<String, String> managed(String name, String idleTimeout) {
    return Map.of(
        "catnap.enable",
        "true",
        "catnap.service",
        name,
        "catnap.port",
        Integer.toString(PORT),
        "catnap.idle-timeout",
        idleTimeout);
  }

  /**
   * @param labels besides the one of all benchmarks
   * @param published a port of 127.0.0.1 at which it is reached as well; null: none
   */
  static Workload start(
      RawEngine engine,
      String image,
      String name,
      Map<String, String> labels,
      @Nullable Integer published) {
    Map<String, String> all = new LinkedHashMap<>(labels);
    all.put(LABEL, "true");
    Map<String, Object> host =
        published == null
            ? Map.of()
            : Map.of(
                "PortBindings",
                Map.of(
                    PORT + "/tcp",
                    List.of(Map.of("HostIp", "127.0.0.1", "HostPort", published.toString()))));
    String body =
        Json.MAPPER.writeValueAsString(
            Map.of(
                "Image",
                image,
                "Labels",
                all,
                "Entrypoint",
                List.of(),
                "Cmd",
                List.of("/bin/busybox", "sh", "-c", SERVE),
                "ExposedPorts",
                Map.of(PORT + "/tcp", Map.of()),
                "HostConfig",
                host));
    RawEngine.Answer created = engine.post("/containers/create?name=" + name, body);
    String id = Json.MAPPER.readTree(created.body()).get("Id").asString();
    engine.post("/containers/" + id + "/start", "");
    if (published != null) {
      return new Workload(name, id, "127.0.0.1:" + published);
    }
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
