package dev.catnap.actuator.engine;

/** Told what happens on an engine, in the engine's order, by one thread. */
public interface EngineListener {
  void happened(EngineEvent event);

  /**
   * The stream ended: events may be missed from here on, so list, compare and watch again.
   *
   * @param reason for a person
   */
  void lost(String reason);
}
