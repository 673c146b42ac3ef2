package dev.catnap.ingest.activity;

import dev.catnap.events.ActivityKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Activity as a sender wrote it: anything may be missing, nothing has been checked. */
public record ActivityReport(
    @Nullable String service,
    @Nullable Instant at,
    @Nullable ActivityKind kind,
    @Nullable Integer count,
    @Nullable Integer inFlight,
    @Nullable String source,
    @Nullable String id) {
  /** What the report leaves open is taken from the envelope it came in. */
  public ActivityReport or(
      @Nullable String envelopeId,
      @Nullable Instant envelopeTime,
      @Nullable String envelopeSource) {
    return new ActivityReport(
        service,
        at == null ? envelopeTime : at,
        kind,
        count,
        inFlight,
        source == null ? envelopeSource : source,
        id == null ? envelopeId : id);
  }
}
