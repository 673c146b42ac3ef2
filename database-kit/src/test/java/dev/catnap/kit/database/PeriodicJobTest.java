package dev.catnap.kit.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PeriodicJobTest {
  private static final Duration SOON = Duration.ofMillis(5);
  private static final int TURNS = 3;

  private final CountDownLatch turns = new CountDownLatch(TURNS);
  private RuntimeException failure = new DatabaseAwayException("gone");

  private final PeriodicJob job =
      new PeriodicJob("test-job") {
        @Override
        protected void schedule(Turns when) {
          when.every(SOON, PeriodicJobTest.this::fail);
        }
      };

  private void fail() {
    turns.countDown();
    throw failure;
  }

  @AfterEach
  void stop() {
    job.stop();
  }

  @Test
  void goesOnAfterATurnWithoutDatabase() throws InterruptedException {
    job.start();
    assertThat(turns.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(job.isRunning()).isTrue();
  }

  @Test
  void goesOnAfterATurnThatFailedOtherwise() throws InterruptedException {
    failure = new IllegalStateException("a defect");
    job.start();
    assertThat(turns.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void endsWithItsThread() {
    job.start();
    job.stop();
    assertThat(job.isRunning()).isFalse();
  }
}
