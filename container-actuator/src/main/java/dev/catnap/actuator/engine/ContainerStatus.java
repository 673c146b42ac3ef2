package dev.catnap.actuator.engine;

/** What the engine says about a container. */
public enum ContainerStatus {
  /** There is no such container. */
  ABSENT,
  CREATED,
  RUNNING,
  PAUSED,
  /** The engine itself is starting it again after an exit. */
  RESTARTING,
  EXITED,
  /** Half removed; nothing can be done with it. */
  DEAD
}
