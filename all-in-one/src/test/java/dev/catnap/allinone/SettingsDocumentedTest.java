package dev.catnap.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.actuator.ContainerActuatorSettings;
import dev.catnap.cost.CostServiceSettings;
import dev.catnap.ingest.ActivityIngestSettings;
import dev.catnap.kit.http.HttpSettings;
import dev.catnap.kit.kafka.CatnapKafkaSettings;
import dev.catnap.kit.tracing.TracingSettings;
import dev.catnap.metrics.MetricsSettings;
import dev.catnap.policy.PolicySettings;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Every setting stands in docs/configuration.md with the default that the code has. */
class SettingsDocumentedTest {
  private static final Path DOCUMENT = Path.of("../docs/configuration.md");

  @ParameterizedTest
  @ValueSource(
      classes = {
        CatnapKafkaSettings.class,
        HttpSettings.class,
        TracingSettings.class,
        ActivityIngestSettings.class,
        PolicySettings.class,
        ContainerActuatorSettings.class,
        MetricsSettings.class,
        CostServiceSettings.class
      })
  void everySetting_isDocumentedWithItsDefault(Class<?> settings) throws IOException {
    List<String> lines = Files.readAllLines(DOCUMENT);
    String prefix = settings.getAnnotation(ConfigurationProperties.class).value();
    List<String> expected = rows(prefix, settings).toList();
    assertThat(expected).isNotEmpty();
    assertThat(expected)
        .allSatisfy(row -> assertThat(lines).anyMatch(line -> line.startsWith(row)));
  }

  private static Stream<String> rows(String prefix, Class<?> settings) {
    Parameter[] parameters = settings.getDeclaredConstructors()[0].getParameters();
    return Arrays.stream(parameters)
        .flatMap(parameter -> {
          String key = prefix + "." + kebab(parameter.getName());
          return parameter.getType().isRecord()
              ? rows(key, parameter.getType())
              : Stream.of(row(key, parameter));
        });
  }

  private static String row(String key, Parameter parameter) {
    Annotation annotation = parameter.getAnnotation(DefaultValue.class);
    String[] defaults = annotation instanceof DefaultValue value ? value.value() : new String[0];
    String row = "| `" + key + "` | ";
    // The Docker host's default is the environment's, which the document says in words.
    return defaults.length == 1 && !key.endsWith("docker-host")
        ? row + "`" + defaults[0] + "` |"
        : row;
  }

  private static String kebab(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }
}
