package dev.catnap.kit.tracing;

/** The parts of a wake, in their order; {@code docs/tracing.md} tells from when to when. */
public enum WakeStage {
  REQUEST,
  DECIDED,
  RECEIVED,
  ENGINE,
  READY,
  TOLD,
  ANSWERED
}
