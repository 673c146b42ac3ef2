package dev.catnap.policy.idleness.kafka;

import dev.catnap.events.Command;
import dev.catnap.kit.tracing.TraceHeaders;
import dev.catnap.kit.tracing.Traces;
import dev.catnap.kit.tracing.Traces.Kind;
import dev.catnap.kit.tracing.Traces.Start;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The step of a decision, on its way from the record that caused it to its command. Of what nobody
 * asked for, such as a sleep, a trace begins.
 */
record DecisionTraces(Traces traces, InstantSource clock) {
  /** Null: it carries none, or traces are off. */
  @Nullable TraceHeaders of(Headers record) {
    return traces.isOn() ? TraceHeaders.on(record) : null;
  }

  /**
   * @param since when the event was taken up
   * @param cause as the event's record carries it
   * @param written the headers of the command's record
   */
  void decided(Command command, Instant since, @Nullable TraceHeaders cause, Headers written) {
    if (!traces.isOn()) {
      return;
    }
    Traces.Step step =
        traces
            .begin(new Start("decide", Kind.PRODUCER, since, cause))
            .tag("catnap.service", command.service())
            .tag("catnap.action", command.action().name())
            .tag("catnap.rule", command.rule())
            .tag("catnap.command", command.id());
    TraceHeaders headers = step.headers();
    if (headers != null) {
      headers.putOn(written);
    }
    step.end(clock.instant());
  }
}
