package dev.catnap.ingest.gate.tracing;

import dev.catnap.ingest.gate.Caller;
import dev.catnap.ingest.gate.Verdict;
import dev.catnap.ingest.gate.tracing.WakeNews.News;
import dev.catnap.kit.tracing.TraceHeaders;
import dev.catnap.kit.tracing.Traces;
import dev.catnap.kit.tracing.WakeStage;
import dev.catnap.kit.tracing.WakeStageTimers;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Follows the requests that are held, and only those: who passes costs nothing here. */
public final class HoldTraces {
  private final Traces traces;
  private final WakeNews news;
  private final WakeStageTimers timers;
  private final Clock clock;

  public HoldTraces(Traces traces, WakeNews news, WakeStageTimers timers, Clock clock) {
    this.traces = traces;
    this.news = news;
    this.timers = timers;
    this.clock = clock;
  }

  /** Null: traces are off. */
  public @Nullable HoldTrace begin(String service, Caller caller, Instant arrivedAt) {
    if (!traces.isOn()) {
      return null;
    }
    TraceHeaders parent =
        TraceHeaders.of(
            caller.header(TraceHeaders.TRACEPARENT), caller.header(TraceHeaders.TRACESTATE));
    return HoldTrace.begin(traces, service, parent, arrivedAt);
  }

  /** The answer is about to go out. */
  public void answered(
      String service, Instant arrivedAt, Verdict verdict, @Nullable HoldTrace trace) {
    Instant now = clock.instant();
    // Who passes does so because of the last wake, even one heard of in the moment of its arrival.
    News cause = verdict instanceof Verdict.Pass ? news.last(service) : null;
    Instant knownAt = cause == null ? now : later(cause.heardAt(), arrivedAt);
    if (cause != null) {
      timers.record(WakeStage.ANSWERED, knownAt, now);
    }
    if (trace != null) {
      trace.end(verdict, cause, knownAt, now);
    }
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
