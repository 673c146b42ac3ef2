package dev.catnap.allinone.up;

import java.time.Duration;

/**
 * Ctrl-C and SIGTERM: a clean stop within bounded time, and 0 as exit code.
 *
 * <p>The JVM answers a signal with its shutdown hooks and with an exit code that says "killed".
 * Here being asked to stop is how the program ends, so the hook waits for the clean stop and then
 * ends the process with 0; with 1 when it took too long and something may have been cut off.
 */
final class StopSignal {
  /** Context 10 s a phase, broker 15 s, database 13 s: their own bounds, and some air. */
  private static final Duration LIMIT = Duration.ofSeconds(45);

  private static volatile boolean ending;

  private StopSignal() {}

  static void stops(CatnapProcess process) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process), "stop"));
  }

  /** Whether the process is about to end: what fails now fails because of that. */
  static boolean isEnding() {
    return ending;
  }

  private static void stop(CatnapProcess process) {
    if (process.isClosed()) {
      return;
    }
    ending = true;
    process.askToStop();
    Thread closing = Thread.ofPlatform().daemon().name("stop-parts").start(process::close);
    int exitCode = 1;
    try {
      if (closing.join(LIMIT)) {
        exitCode = 0;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(exitCode);
  }
}
