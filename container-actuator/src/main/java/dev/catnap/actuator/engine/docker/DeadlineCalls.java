package dev.catnap.actuator.engine.docker;

import dev.catnap.actuator.engine.EngineException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs each call on a virtual thread of its own and interrupts it at its deadline.
 *
 * <p>Why not the client's own timeouts? On unix sockets they are ignored: with a frozen engine a
 * call would hang for ever.
 */
final class DeadlineCalls implements AutoCloseable {
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("docker-call-", 0).factory());

  /** What the call itself threw is thrown again as it was. */
  <T> T call(String what, Duration within, Callable<T> call) {
    Future<T> answer = threads.submit(call);
    try {
      return answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new EngineException(
          EngineException.Kind.TIMED_OUT,
          "the Docker engine did not answer to " + what + " within " + within.toMillis() + " ms",
          e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new EngineException(EngineException.Kind.INTERRUPTED, what + " was interrupted", e);
    } catch (ExecutionException e) {
      throw unchecked(e.getCause() == null ? e : e.getCause(), what);
    }
  }

  private static RuntimeException unchecked(Throwable cause, String what) {
    if (cause instanceof RuntimeException e) {
      return e;
    }
    if (cause instanceof Error e) {
      throw e;
    }
    return new EngineException(
        EngineException.Kind.UNREACHABLE, what + " failed: " + cause.getMessage(), cause);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
