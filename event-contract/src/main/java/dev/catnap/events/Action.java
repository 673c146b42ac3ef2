package dev.catnap.events;

/** What a command asks for. */
public enum Action {
  WAKE,
  SLEEP,
  STOP
}
