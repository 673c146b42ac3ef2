package dev.catnap.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * Traefik and Envoy are no Debian packages: their files are not run here. They are YAML, ask the
 * gate in both forms, and every name in them that is used is also defined.
 */
class WrittenByTheBookTest {

  @Test
  void traefikUsesOnlyWhatItDefines() throws IOException {
    Map<String, Object> http = child(yaml("traefik/dynamic.yml"), "http");
    Map<String, Object> routers = child(http, "routers");
    assertThat(child(http, "middlewares").keySet()).isEqualTo(all(routers, "middlewares"));
    assertThat(child(http, "services").keySet()).isEqualTo(all(routers, "service"));
    assertThat(child(yaml("traefik/traefik.yml"), "entryPoints").keySet())
        .isEqualTo(all(routers, "entryPoints"));
  }

  @Test
  void traefikAsksTheGateInBothForms() throws IOException {
    Map<String, Object> http = child(yaml("traefik/dynamic.yml"), "http");
    assertThat(valuesOf("address", http))
        .containsExactly(
            "http://127.0.0.1:9000/gate/files?mode=page&timeout=25s",
            "http://127.0.0.1:9000/gate?mode=page&timeout=25s");
  }

  @Test
  void envoyUsesOnlyWhatItDefines() throws IOException {
    Map<String, Object> resources = child(yaml("envoy/envoy.yaml"), "static_resources");
    Set<String> defined =
        ((List<?>) resources.get("clusters"))
            .stream().map(cluster -> name(cluster)).collect(Collectors.toSet());
    assertThat(valuesOf("cluster", resources).collect(Collectors.toSet())).isEqualTo(defined);
    assertThat(valuesOf("cluster_name", resources).collect(Collectors.toSet())).isEqualTo(defined);
  }

  @Test
  void envoyAsksTheGateInBothForms() throws IOException {
    assertThat(valuesOf("path_override", yaml("envoy/envoy.yaml")))
        .containsExactly("/gate", "/gate/files");
  }

  private static Map<String, Object> yaml(String file) throws IOException {
    return new Yaml().load(Files.readString(DeployFiles.directory(file)));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> child(Map<String, Object> parent, String key) {
    return (Map<String, Object>) parent.get(key);
  }

  private static String name(Object cluster) {
    return (String) ((Map<?, ?>) cluster).get("name");
  }

  /** The names under a key of each of these maps, be it one name or a list. */
  private static Set<String> all(Map<String, Object> maps, String key) {
    Set<String> names = new TreeSet<>();
    for (String map : maps.keySet()) {
      Object value = child(maps, map).get(key);
      (value instanceof List<?> list ? list.stream() : Stream.of(value))
          .forEach(name -> names.add((String) name));
    }
    return names;
  }

  /** The texts under a key, wherever it stands. */
  private static Stream<String> valuesOf(String key, Object tree) {
    return switch (tree) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .flatMap(entry ->
                  key.equals(entry.getKey()) && entry.getValue() instanceof String text
                      ? Stream.of(text)
                      : valuesOf(key, entry.getValue()));
      case List<?> list -> list.stream().flatMap(item -> valuesOf(key, item));
      case null, default -> Stream.empty();
    };
  }
}
