package dev.catnap.allinone.demo;

import dev.catnap.embedded.FreePort;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The services of the demo: eager to sleep, so that within a minute everything happens that a real
 * host does in a day.
 */
final class SampleServices {
  /** What makes a sample different from the others. */
  private enum Sample {
    SHOP("shop", "depends_on: [catalog]", ""),
    CATALOG("catalog", "", ""),
    REPORTS("reports", "", "stop_after: 5s"),
    SEARCH("search", "", ""),
    PREVIEW("preview", "auto_start: false", "stop_after: 6s");

    private final String service;
    private final String field;
    private final String policyField;

    Sample(String service, String field, String policyField) {
      this.service = service;
      this.field = field;
      this.policyField = policyField;
    }
  }

  private final Map<String, Integer> ports = new TreeMap<>();

  SampleServices() {
    for (Sample sample : Sample.values()) {
      int port;
      do {
        port = FreePort.choose("127.0.0.1");
      } while (ports.containsValue(port));
      ports.put(sample.service, port);
    }
  }

  /** Where each service listens on this host. */
  Map<String, Integer> ports() {
    return ports;
  }

  /** As containers of the demo's image. */
  String asContainers(String image) {
    return yaml((service, port) -> {
      Map<String, String> fields = new LinkedHashMap<>();
      fields.put("image", image);
      fields.put("container_name", "catnap-demo-" + service);
      fields.put("command", list(List.of(service, Integer.toString(port))));
      fields.put("resources", "{ memory: 96MB, cpu: 0.5 }");
      return fields;
    });
  }

  /** As processes of this JDK. */
  String asProcesses(Path classPath) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return yaml((service, port) ->
        Map.of(
            "command",
            list(
                List.of(
                    java,
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx16m",
                    "-cp",
                    classPath.toString(),
                    DemoService.class.getName(),
                    service,
                    Integer.toString(port),
                    "127.0.0.1"))));
  }

  private interface How {
    Map<String, String> fields(String service, int port);
  }

  private String yaml(How how) {
    StringBuilder yaml =
        new StringBuilder("# Written by 'catnap demo' at each start.\nservices:\n");
    for (Sample sample : Sample.values()) {
      int port = Objects.requireNonNull(ports.get(sample.service));
      yaml.append("  ").append(sample.service).append(":\n");
      how.fields(sample.service, port)
          .forEach((key, value) -> yaml.append("    %s: %s%n".formatted(key, value)));
      yaml.append("    port: ").append(port).append('\n');
      yaml.append("    readiness: { http: /health, timeout: 30s }\n");
      if (!sample.field.isEmpty()) {
        yaml.append("    ").append(sample.field).append('\n');
      }
      yaml.append("    sleep_policy:\n      idle_timeout: 3s\n      min_sleep_time: 1s\n");
      if (!sample.policyField.isEmpty()) {
        yaml.append("      ").append(sample.policyField).append('\n');
      }
    }
    return yaml.toString();
  }

  /** A YAML list of quoted texts. */
  private static String list(List<String> texts) {
    return texts.stream()
        .map(text -> "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
        .collect(java.util.stream.Collectors.joining(", ", "[", "]"));
  }
}
