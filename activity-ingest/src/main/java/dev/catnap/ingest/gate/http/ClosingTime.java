package dev.catnap.ingest.gate.http;

import dev.catnap.ingest.gate.Gate;
import dev.catnap.ingest.gate.WaitingRoom;
import org.springframework.context.SmartLifecycle;

/**
 * Sends those who wait away before the web server stops: it would wait for them, and they for a
 * state change that nobody reads any more.
 */
public final class ClosingTime implements SmartLifecycle {
  private final WaitingRoom room;
  private volatile boolean running;

  public ClosingTime(WaitingRoom room) {
    this.room = room;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    room.close(waiter -> Gate.shuttingDown(waiter.service()));
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
