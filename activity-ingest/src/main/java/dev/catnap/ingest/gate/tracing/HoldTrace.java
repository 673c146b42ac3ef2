package dev.catnap.ingest.gate.tracing;

import dev.catnap.ingest.gate.Verdict;
import dev.catnap.ingest.gate.tracing.WakeNews.News;
import dev.catnap.kit.tracing.TraceHeaders;
import dev.catnap.kit.tracing.Traces;
import dev.catnap.kit.tracing.Traces.Kind;
import dev.catnap.kit.tracing.Traces.Start;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one request that is held: {@code hold} from its arrival to its answer, and {@code
 * answer} from when the gate knew. The request that the wake began with has the wake's end as the
 * cause of its answer; those that came after it have their own trace and a link to that wake.
 */
public final class HoldTrace {
  private final Traces traces;
  private final Traces.Step hold;
  private final @Nullable TraceHeaders headers;

  private HoldTrace(Traces traces, Traces.Step hold) {
    this.traces = traces;
    this.hold = hold;
    this.headers = hold.headers();
  }

  /**
   * @param parent as the gateway says
   */
  public static HoldTrace begin(
      Traces traces, String service, @Nullable TraceHeaders parent, Instant arrivedAt) {
    return new HoldTrace(
        traces,
        traces
            .begin(new Start("hold", Kind.SERVER, arrivedAt, parent))
            .tag("catnap.service", service));
  }

  /** For the record that tells of this request; null: not traced. */
  public @Nullable TraceHeaders headers() {
    return headers;
  }

  /**
   * @param news of the wake that let it go; null: there was none
   * @param knownAt when the gate knew
   */
  void end(Verdict verdict, @Nullable News news, Instant knownAt, Instant answeredAt) {
    if (!traces.isOn() || headers == null) {
      return;
    }
    TraceHeaders wake = news == null ? null : news.trace();
    boolean began = wake != null && wake.traceparent().startsWith(traceOf(headers));
    Start answer =
        began
            ? new Start("answer", Kind.CONSUMER, knownAt, wake)
            : new Start("answer", Kind.INTERNAL, knownAt, headers, wake);
    Traces.Step step = traces.begin(answer);
    if (verdict instanceof Verdict.Refuse refuse) {
      step.failed(refuse.text());
      hold.tag("catnap.refusal", refuse.reason().name());
    }
    step.end(answeredAt);
    hold.end(answeredAt);
  }

  private static String traceOf(TraceHeaders headers) {
    return headers.traceparent().substring(0, 35);
  }
}
