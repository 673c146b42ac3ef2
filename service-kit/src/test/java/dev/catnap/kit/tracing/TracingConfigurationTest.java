package dev.catnap.kit.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.kit.tracing.Traces.Kind;
import dev.catnap.kit.tracing.Traces.Start;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

class TracingConfigurationTest {
  private static final TraceHeaders UNSAMPLED =
      new TraceHeaders("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00", null);

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(ValidationAutoConfiguration.class, TracingConfiguration.class));

  @Test
  void withoutAnEndpoint_itIsOff() {
    runner.run(context -> assertThat(context.getBean(Traces.class)).isSameAs(Traces.OFF));
  }

  @Test
  void withAnEndpoint_itIsOn_andAGatewayThatKeepsNothingIsHeeded() {
    runner
        .withPropertyValues(
            "catnap.tracing.endpoint=http://127.0.0.1:9/v1/traces", "catnap.tracing.timeout=100ms")
        .run(context -> {
          Traces traces = context.getBean(Traces.class);
          assertThat(traces.isOn()).isTrue();
          Traces.Step step = traces.begin(new Start("hold", Kind.SERVER, Instant.now(), UNSAMPLED));
          assertThat(step.headers().traceId()).isEqualTo(UNSAMPLED.traceId());
          assertThat(step.headers().isSampled()).isFalse();
          step.end(Instant.now());
        });
  }

  @Test
  void anEndpointThatIsNone_stopsTheStart() {
    runner
        .withPropertyValues("catnap.tracing.endpoint=localhost:4318")
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("endpoint")
                .hasMessageContaining("must begin with http:// or https://"));
  }
}
