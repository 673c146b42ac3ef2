package dev.catnap.metrics.fold.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.dao.TransientDataAccessResourceException;

/** Parts of a work, begun in their order, some at a time. */
record Parts(int atATime) {
  /**
   * Returns when all are done.
   *
   * @throws RuntimeException the first failure; parts not begun yet are left then
   * @throws TransientDataAccessResourceException when this thread is interrupted meanwhile
   */
  void carryOut(List<Runnable> parts) {
    try (ExecutorService threads =
        Executors.newFixedThreadPool(atATime, Thread.ofPlatform().factory())) {
      List<Future<?>> begun = new ArrayList<>();
      parts.forEach(part -> begun.add(threads.submit(part)));
      try {
        await(begun);
      } finally {
        begun.forEach(part -> part.cancel(false));
      }
    }
  }

  private static void await(List<Future<?>> parts) {
    try {
      for (Future<?> part : parts) {
        part.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransientDataAccessResourceException("interrupted", e);
    }
  }
}
