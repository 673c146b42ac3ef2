package dev.catnap.actuator.engine;

/** What the image's own health check says; it says nothing useful while a container is paused. */
public enum Health {
  /** There is no health check. */
  NONE,
  STARTING,
  HEALTHY,
  UNHEALTHY
}
