package dev.catnap.ingest.gate;

import dev.catnap.events.RunState;

/** What happens to a request at the gate. */
public sealed interface Verdict {
  /** The service can take it. */
  record Pass(RunState state) implements Verdict {}

  /** The service is on its way, or will be once it is asked for: wait. */
  record Hold(RunState state) implements Verdict {}

  /**
   * @param text says it to a person
   */
  record Refuse(Refusal reason, RunState state, String text) implements Verdict {}
}
