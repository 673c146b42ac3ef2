package dev.catnap.kit.http;

import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** One OpenAPI document for all controllers of the process, at {@code /v3/api-docs[.yaml]}. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public class OpenApiConfiguration {
  private static final String PROBLEM = "Problem";

  @Bean
  @ConditionalOnMissingBean
  OpenAPI openApi(@Value("${spring.application.name:catnap}") String name) {
    String version = OpenApiConfiguration.class.getPackage().getImplementationVersion();
    return new OpenAPI()
        .info(
            new Info()
                .title(name.equals("catnap") ? "Catnap" : "Catnap " + name)
                .version(version == null ? "development" : version))
        .components(new Components().addSchemas(PROBLEM, problem()));
  }

  @Bean
  @ConditionalOnMissingBean
  ModelResolver schemasByUniqueNames(ObjectMapperProvider mappers) {
    return new ModelResolver(mappers.jsonMapper(), new SchemaNames())
        .openapi31(mappers.isOpenapi31());
  }

  @Bean
  GlobalOpenApiCustomizer problemResponses() {
    return api -> {
      if (api.getComponents() == null) {
        api.setComponents(new Components());
      }
      api.getComponents().addSchemas(PROBLEM, problem());
      if (api.getPaths() != null) {
        api.getPaths().values().stream()
            .flatMap(path -> path.readOperations().stream())
            .forEach(OpenApiConfiguration::addProblem);
      }
    };
  }

  private static void addProblem(Operation operation) {
    operation
        .getResponses()
        .computeIfAbsent(
            "default",
            none ->
                new ApiResponse()
                    .description("Anything else, as RFC 9457 problem details")
                    .content(
                        new Content()
                            .addMediaType(
                                "application/problem+json",
                                new MediaType()
                                    .schema(
                                        new Schema<>().$ref("#/components/schemas/" + PROBLEM)))));
  }

  private static Schema<?> problem() {
    return violation()
        .description("RFC 9457 problem details; field, rule and value name what is wrong")
        .addProperty("type", new StringSchema().example("urn:catnap:problem:invalid-field"))
        .addProperty("title", new StringSchema())
        .addProperty("status", new IntegerSchema())
        .addProperty("detail", new StringSchema())
        .addProperty("instance", new StringSchema())
        .addProperty("errorId", new StringSchema().description("finds a 500 in the log"))
        .addProperty(
            "errors", new ArraySchema().items(violation()).description("when there are several"));
  }

  private static Schema<?> violation() {
    return new ObjectSchema()
        .addProperty("field", new StringSchema())
        .addProperty("rule", new StringSchema())
        .addProperty("value", new StringSchema().maxLength(200));
  }
}
