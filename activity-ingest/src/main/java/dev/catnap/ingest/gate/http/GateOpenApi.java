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
      Operation byHost =
          operation("gateByHost", "the host tells the service")
              .addParametersItem(
                  parameter("query", "host", "its host; default X-Forwarded-Host, else Host"));
      Operation byName =
          operation("gate", "any path behind the name")
              .addParametersItem(parameter("path", "service", "its name").required(true));
      api.getPaths().addPathItem("/gate", new PathItem().get(byHost));
      api.getPaths().addPathItem("/gate/{service}", new PathItem().get(byName));
    };
  }

  private static Operation operation(String id, String how) {
    return new Operation()
        .addTagsItem("gate")
        .operationId(id)
        .summary("Forward auth: answers once the service can take the request")
        .description(
            "Any method and any further query is fine; "
                + how
                + ". Requests that the definition marks as not waking (by User-Agent, headers, or"
                + " the path in X-Forwarded-Uri, X-Original-URI or behind the name) do not count"
                + " and are not held.")
        .addParametersItem(
            parameter(
                "query",
                "mode",
                "wait (default): hold until it is awake; page: show browsers a page meanwhile;"
                    + " reason: say why a request was refused, and neither hold nor count"))
        .addParametersItem(parameter("query", "timeout", "how long to hold at most, such as 10s"))
        .responses(
            new ApiResponses()
                .addApiResponse("200", says("it is awake; Catnap-State, Catnap-Waited-Millis"))
                .addApiResponse("404", says("there is no such service, or no service has the host"))
                .addApiResponse(
                    "503",
                    says(
                        "not in time, cannot be woken, or not-waking; Retry-After, Catnap-State; with mode=page a page for browsers")));
  }

  private static Parameter parameter(String in, String name, String description) {
    return new Parameter().in(in).name(name).description(description).schema(new StringSchema());
  }

  private static ApiResponse says(String description) {
    return new ApiResponse().description(description);
  }
}
