package dev.catnap.metrics.imports;

import dev.catnap.events.StateChange;

/** What a line of a file of container history is. */
public sealed interface ImportedLine {
  /** A container went from one state to another. */
  record Changed(StateChange change) implements ImportedLine {}

  /** Well written, and nothing to record: an exec, a network, an empty line. */
  record Nothing() implements ImportedLine {}

  /**
   * Not understood.
   *
   * @param reason names the field, the rule and the value
   */
  record Malformed(String reason) implements ImportedLine {}
}
