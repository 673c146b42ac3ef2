package dev.catnap.metrics.table.http;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Puts examples into the OpenAPI document: of parameters by their name, of bodies and answers by
 * method and path.
 */
final class Examples implements GlobalOpenApiCustomizer {
  private static final String FILE = "/openapi/metrics-examples.json";
  private static final String PREFIX = "/metrics/";

  /** As the file has them. */
  private record File(
      Map<String, Object> parameters, Map<String, Object> bodies, Map<String, Object> answers) {}

  private final File examples;

  Examples(JsonMapper json) {
    try (InputStream file = Objects.requireNonNull(Examples.class.getResourceAsStream(FILE))) {
      this.examples = json.readValue(file, File.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void customise(OpenAPI api) {
    Objects.requireNonNullElse(api.getPaths(), Map.<String, PathItem>of())
        .forEach((path, item) -> {
          if (path.startsWith(PREFIX)) {
            item.readOperationsMap()
                .forEach((method, operation) ->
                    add(method.name().toLowerCase(Locale.ROOT) + " " + path, operation));
          }
        });
  }

  private void add(String key, Operation operation) {
    Objects.requireNonNullElse(operation.getParameters(), List.<Parameter>of()).stream()
        .filter(one -> one.getExample() == null && examples.parameters().containsKey(one.getName()))
        .forEach(one -> one.setExample(examples.parameters().get(one.getName())));
    if (operation.getRequestBody() != null) {
      add(operation.getRequestBody().getContent(), examples.bodies().get(key));
    }
    operation
        .getResponses()
        .forEach((status, response) -> {
          if (status.startsWith("2")) {
            add(response.getContent(), examples.answers().get(key));
          }
        });
  }

  private static void add(@Nullable Content content, @Nullable Object example) {
    if (content != null && example != null) {
      content.forEach((type, media) -> {
        if (example instanceof String || !type.startsWith("text/")) {
          media.setExample(example);
        }
      });
    }
  }
}
