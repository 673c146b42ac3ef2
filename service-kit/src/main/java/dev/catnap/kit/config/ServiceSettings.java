package dev.catnap.kit.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Loads the settings that come with the code, below everything a user gives: first the file of each
 * service on the class path, then {@code catnap-defaults.yml}.
 *
 * <p>A service announces its file by a line with the file's name in its {@value #LIST}. So its own
 * main class and the process that runs all services read the same file. It should hold {@code
 * catnap.<service>} keys only: any other key would speak for its neighbours too.
 */
public final class ServiceSettings implements EnvironmentPostProcessor, Ordered {
  /** Names one resource a line; lines that start with # are comments. */
  public static final String LIST = "META-INF/catnap/service-settings";

  private static final String DEFAULTS = "catnap-defaults.yml";
  private static final String LOG_FORMAT = "catnap.log.format";

  @Override
  public int getOrder() {
    return ConfigDataEnvironmentPostProcessor.ORDER + 10;
  }

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    MutablePropertySources sources = environment.getPropertySources();
    if (sources.contains(DEFAULTS)) {
      return;
    }
    namesOfServiceFiles().stream().distinct().forEach(name -> addLast(sources, name));
    addLast(sources, DEFAULTS);
    chooseLogFormat(environment);
  }

  private static List<String> namesOfServiceFiles() {
    List<String> names = new ArrayList<>();
    try {
      for (Resource list :
          new PathMatchingResourcePatternResolver().getResources("classpath*:" + LIST)) {
        list.getContentAsString(StandardCharsets.UTF_8)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .forEach(names::add);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(LIST + " cannot be read", e);
    }
    return names;
  }

  private static void addLast(MutablePropertySources sources, String name) {
    Resource resource = new DefaultResourceLoader().getResource("classpath:" + name);
    if (!resource.exists()) {
      throw new IllegalStateException(
          LIST + " must name files on the class path, but '" + name + "' is not there");
    }
    try {
      for (PropertySource<?> source : new YamlPropertySourceLoader().load(name, resource)) {
        sources.addLast(source);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }

  /** {@code CATNAP_LOG_FORMAT=json}: one ECS object a line, for machines. Default: text. */
  private static void chooseLogFormat(ConfigurableEnvironment environment) {
    String format = environment.getProperty(LOG_FORMAT, "text");
    switch (format) {
      case "text" -> {}
      case "json" ->
          environment
              .getPropertySources()
              .addLast(
                  new MapPropertySource(
                      LOG_FORMAT, Map.of("logging.structured.format.console", "ecs")));
      default ->
          throw new IllegalStateException(
              LOG_FORMAT + " must be text or json, but it is '" + format + "'");
    }
  }
}
