package dev.catnap.testkit;

import java.util.ArrayDeque;
import java.util.Deque;

/** What must happen when the test JVM ends, the last registered first, one after the other. */
public final class AtJvmEnd {

  private static final Deque<Runnable> ACTIONS = new ArrayDeque<>();

  static {
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(AtJvmEnd::runAll));
  }

  private AtJvmEnd() {}

  public static synchronized void run(Runnable action) {
    ACTIONS.push(action);
  }

  private static synchronized void runAll() {
    for (Runnable action : ACTIONS) {
      try {
        action.run();
      } catch (RuntimeException e) {
        // The others still have to run, and loggers may be gone by now.
        System.err.println("At the end of the test JVM: " + e);
      }
    }
  }
}
