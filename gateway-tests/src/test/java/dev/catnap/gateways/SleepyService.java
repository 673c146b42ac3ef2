package dev.catnap.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.testkit.HttpProbe;
import dev.catnap.testkit.docker.Workload;
import dev.catnap.testkit.docker.Workloads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A {@link ServiceStandIn} in a container of its own, which the actuator creates from a definition.
 *
 * <p>No image of a JRE is made for it: the container of busybox sees this JVM's own JDK, the
 * libraries it needs and the classes of these tests, all read-only.
 *
 * @param port of 127.0.0.1, where it is published
 */
record SleepyService(String name, int port) {

  private static final int INSIDE = 8080;
  private static final List<String> LIBRARIES = List.of("/lib", "/lib64", "/usr/lib");

  String host() {
    return name + ".example.com";
  }

  Workload container() {
    return Workloads.adopt("catnap-test-%s-%s".formatted(Workloads.runId(), name));
  }

  /**
   * Tells the policy of it.
   *
   * @param more fields of the definition, besides those that make it run
   */
  void define(WakePath path, Map<String, Object> more) {
    container();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("image", Workloads.busyboxImage());
    fields.put("container_name", "catnap-test-%s-%s".formatted(Workloads.runId(), name));
    fields.put("command", command());
    fields.put("volumes", volumes());
    fields.put("port", INSIDE);
    fields.put("publish", "127.0.0.1:" + port);
    fields.put("hosts", List.of(host()));
    fields.put("sleep_policy", Map.of("idle_timeout", "1h", "min_sleep_time", "0"));
    fields.putAll(more);
    HttpProbe.Answer answer =
        path.http().put("/services/" + name, JsonMapper.shared().writeValueAsString(fields));
    assertThat(answer.status()).as(answer.body()).isBetween(200, 202);
  }

  /** Takes it back, and its container away. */
  void forget(WakePath path) {
    path.http().delete("/services/" + name);
    container().remove();
  }

  private List<String> command() {
    return List.of(
        javaHome().resolve("bin/java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xmx24m",
        "-cp",
        "/classes",
        ServiceStandIn.class.getName(),
        name,
        "0.0.0.0",
        String.valueOf(INSIDE));
  }

  private static Map<String, String> volumes() {
    Map<String, String> volumes = new LinkedHashMap<>();
    LIBRARIES.forEach(path -> volumes.put(path, path + ":ro"));
    volumes.put(javaHome().toString(), javaHome() + ":ro");
    String classes =
        ServiceStandIn.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    volumes.put(classes, "/classes:ro");
    return volumes;
  }

  private static Path javaHome() {
    try {
      return Path.of(System.getProperty("java.home")).toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
