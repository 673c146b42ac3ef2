package dev.catnap.bench;

import dev.catnap.events.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A service of its own in a container with a memory limit, with the flags of deploy/Dockerfile and
 * the JDK of this host.
 */
record LimitedService(String name, int port, int limitMiB, String id) {
  /** The JDK and what it links to, read-only: so no image with a JRE is needed. */
  private static final List<String> HOST_PATHS = List.of("/lib", "/lib64", "/usr/lib", "/etc");

  static LimitedService start(
      RawEngine engine,
      String image,
      String name,
      int port,
      int limitMiB,
      Map<String, String> environment)
      throws IOException {
    Path jar = Path.of(name, "target", name + "-0.1.0-SNAPSHOT-exec.jar").toAbsolutePath();
    List<String> binds = new ArrayList<>();
    HOST_PATHS.forEach(path -> binds.add(path + ":" + path + ":ro"));
    binds.add(jar + ":/catnap.jar:ro");
    binds.add("/var/run/docker.sock:/var/run/docker.sock");
    Map<String, String> variables = new LinkedHashMap<>(environment);
    variables.put("JAVA_TOOL_OPTIONS", dockerfileFlags());
    variables.put("MALLOC_ARENA_MAX", "2");
    variables.put("CATNAP_CONTAINER_ACTUATOR_REQUIRED_LABELS_BENCH", "memory");
    long bytes = (long) limitMiB << 20;
    Map<String, Object> body =
        Map.of(
            "Image", image,
            "Labels", Map.of(Workload.LABEL, "true"),
            "Entrypoint", List.of(),
            "Cmd", List.of(System.getProperty("java.home") + "/bin/java", "-jar", "/catnap.jar"),
            "Env", variables.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList(),
            "HostConfig",
                Map.of(
                    "NetworkMode", "host",
                    "Binds", binds,
                    "Tmpfs", Map.of("/tmp", "exec"),
                    "Memory", bytes,
                    "MemorySwap", bytes));
    String json = Json.MAPPER.writeValueAsString(body);
    RawEngine.Answer created = engine.post("/containers/create?name=catnap-bench-" + name, json);
    String id = Json.MAPPER.readTree(created.body()).get("Id").asString();
    engine.post("/containers/" + id + "/start", "");
    return new LimitedService(name, port, limitMiB, id);
  }

  private static String dockerfileFlags() throws IOException {
    Matcher flags =
        Pattern.compile("JAVA_TOOL_OPTIONS=\"([^\"]*)\"")
            .matcher(Files.readString(Path.of("deploy/Dockerfile")));
    if (!flags.find()) {
      throw new IllegalStateException("deploy/Dockerfile names no JAVA_TOOL_OPTIONS");
    }
    return flags.group(1);
  }

  /** Memory in use and at its highest, whether it was killed, and whether it still answers. */
  String row(RawEngine engine) {
    JsonNode stats =
        Json.MAPPER.readTree(
            engine
                .exchange("GET", "/containers/" + id + "/stats?stream=false&one-shot=true", "")
                .body());
    JsonNode memory = stats.get("memory_stats");
    long cache =
        memory.at("/stats/total_inactive_file").asLong(memory.at("/stats/inactive_file").asLong(0));
    JsonNode state = Workload.inspect(engine, id).get("State");
    long pid = state.get("Pid").asLong();
    double resident = pid == 0 ? Double.NaN : ProcessMemory.residentMiB(pid);
    return "%-20s limit %d MiB, working set %.0f MiB, resident %.0f MiB, highest %.0f MiB, running %s, OOM-killed %s"
        .formatted(
            name,
            limitMiB,
            (memory.path("usage").asLong() - cache) / 1048576.0,
            resident,
            memory.path("max_usage").asLong() / 1048576.0,
            state.get("Running").asBoolean(),
            state.get("OOMKilled").asBoolean());
  }
}
