package dev.catnap.kit.tracing;

import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.micrometer.tracing.propagation.Propagator;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Micrometer's tracer over OpenTelemetry's, which sends to a collector in OTLP over HTTP. What the
 * collector does not take in time is dropped and said in the log; the wake never waits for it.
 */
final class OtlpTraces implements Traces {
  private static final String SCOPE = "dev.catnap";

  private final SdkTracerProvider provider;
  private final Tracer tracer;
  private final Propagator propagator;
  private final TracingSettings settings;

  /**
   * @param service the name that the collector files the traces under
   */
  OtlpTraces(TracingSettings settings, String endpoint, String service) {
    this.settings = settings;
    this.provider =
        SdkTracerProvider.builder()
            .setResource(Resource.create(Attributes.builder().put("service.name", service).build()))
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.share())))
            .addSpanProcessor(sender(settings, endpoint))
            .build();
    io.opentelemetry.api.trace.Tracer otel = provider.get(SCOPE);
    this.tracer = new OtelTracer(otel, new OtelCurrentTraceContext(), event -> {});
    this.propagator =
        new OtelPropagator(
            ContextPropagators.create(W3CTraceContextPropagator.getInstance()), otel);
  }

  private static BatchSpanProcessor sender(TracingSettings settings, String endpoint) {
    OtlpHttpSpanExporterBuilder exporter =
        OtlpHttpSpanExporter.builder().setEndpoint(endpoint).setTimeout(settings.timeout());
    settings.headers().forEach(exporter::addHeader);
    return BatchSpanProcessor.builder(exporter.build())
        .setScheduleDelay(settings.sendEvery())
        .setExporterTimeout(settings.timeout())
        .build();
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public Step begin(Start start) {
    Span.Builder builder =
        start.parent() == null
            ? tracer.spanBuilder().setNoParent()
            : propagator.extract(start.parent(), OtlpTraces::header);
    builder.name(start.name()).startTimestamp(micros(start.at()), TimeUnit.MICROSECONDS);
    if (start.kind() != Kind.INTERNAL) {
      builder.kind(Span.Kind.valueOf(start.kind().name()));
    }
    if (start.link() != null) {
      builder.addLink(new Link(context(start.link())));
    }
    return new SpanStep(builder.start(), propagator);
  }

  private TraceContext context(TraceHeaders headers) {
    return tracer
        .traceContextBuilder()
        .traceId(headers.traceId())
        .spanId(headers.spanId())
        .sampled(headers.isSampled())
        .build();
  }

  private static @Nullable String header(TraceHeaders headers, String name) {
    return switch (name) {
      case TraceHeaders.TRACEPARENT -> headers.traceparent();
      case TraceHeaders.TRACESTATE -> headers.tracestate();
      default -> null;
    };
  }

  private static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  @Override
  public void close() {
    var unused = provider.shutdown().join(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
  }

  private record SpanStep(Span span, Propagator propagator) implements Step {
    @Override
    public @Nullable TraceHeaders headers() {
      Map<String, String> carrier = new HashMap<>();
      propagator.inject(span.context(), carrier, (same, name, value) -> carrier.put(name, value));
      return TraceHeaders.of(
          carrier.get(TraceHeaders.TRACEPARENT), carrier.get(TraceHeaders.TRACESTATE));
    }

    @Override
    public Step tag(String key, @Nullable String value) {
      if (value != null) {
        span.tag(key, value);
      }
      return this;
    }

    @Override
    public Step failed(String reason) {
      span.error(new StepFailedException(reason));
      return this;
    }

    @Override
    public void end(Instant at) {
      span.end(micros(at), TimeUnit.MICROSECONDS);
    }
  }

  /** Carries a reason only; nobody throws it. */
  private static final class StepFailedException extends RuntimeException {
    StepFailedException(String reason) {
      super(reason, null, false, false);
    }
  }
}
