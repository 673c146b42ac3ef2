package dev.catnap.ingest.gate.http;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The gate in the OpenAPI document, which knows controllers only. */
@Configuration(proxyBeanMethods = false)
public class GateOpenApi {
  @Bean
  GlobalOpenApiCustomizer gateDescription() {
    return api -> {
      if (api.getPaths() == null) {
        api.setPaths(new Paths());
      }
      api.getPaths().addPathItem("/gate/{service}", new PathItem().get(operation()));
    };
  }

  private static Operation operation() {
    return new Operation()
        .addTagsItem("gate")
        .operationId("gate")
        .summary("Forward auth: answers once the service can take the request")
        .description("Any method, any path behind the name and any further query is fine.")
        .addParametersItem(parameter("path", "service", "its name").required(true))
        .addParametersItem(parameter("query", "mode", "wait (default): hold until it is awake"))
        .addParametersItem(parameter("query", "timeout", "how long to hold at most, such as 10s"))
        .responses(
            new ApiResponses()
                .addApiResponse("200", says("it is awake; Catnap-State, Catnap-Waited-Millis"))
                .addApiResponse("404", says("there is no such service"))
                .addApiResponse("503", says("not in time, or it cannot be woken; Retry-After")));
  }

  private static Parameter parameter(String in, String name, String description) {
    return new Parameter().in(in).name(name).description(description).schema(new StringSchema());
  }

  private static ApiResponse says(String description) {
    return new ApiResponse().description(description);
  }
}
