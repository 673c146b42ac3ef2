package dev.catnap.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.testkit.TemporaryDirectory;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The database that was brought along is killed under the running whole, and comes back. */
class DatabaseKilledTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Path data = TemporaryDirectory.create("all-in-one");

  @Test
  void aKilledDatabaseIsStartedAgain() {
    try (CatnapFixture catnap = CatnapFixture.withProcesses(data, null)) {
      for (int i = 0; i < 2; i++) {
        long pid = catnap.process().backends().databasePid();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        Awaitility.await("another database")
            .atMost(LIMIT)
            .until(() -> catnap.process().backends().databasePid() != pid);
        Awaitility.await("all parts are up again")
            .atMost(LIMIT)
            .until(() -> catnap.http().get("/system/health").status() == 200);
      }
      // Health is good for a second, so it may tell of the database before.
      Awaitility.await("history is read again")
          .atMost(LIMIT)
          .until(() -> catnap.http().get("/metrics/sleep-wake").status() == 200);
      assertThat(catnap.get("/metrics/sleep-wake").path("items").isArray()).isTrue();
    }
  }
}
