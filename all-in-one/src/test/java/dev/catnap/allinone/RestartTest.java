package dev.catnap.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.testkit.HttpProbe;
import dev.catnap.testkit.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The real process, stopped by SIGTERM and by kill -9, and started again on the same data. */
class RestartTest {
  private static final Duration READY = Duration.ofSeconds(90);

  private final Path data = TemporaryDirectory.create("all-in-one");

  @Test
  void whatSleepsIsKnownAfterAKillAndIsWoken() throws IOException {
    try (SampleService shop = SampleService.named("shop")) {
      sleepsThroughAKillAndAStop(shop);
    }
  }

  private void sleepsThroughAKillAndAStop(SampleService shop) throws IOException {
    Path services = shop.definedIn(data);
    try (CatnapProgram first = CatnapProgram.up(data, services)) {
      first.awaitReady(READY);
      first.awaitState("shop", "RUNNING");
      assertThat(first.http().post("/services/shop/sleep?wait=10s", "").status()).isEqualTo(200);
      // At once: what the policy has not committed yet it decides again after the restart.
      first.kill();
    }
    try (CatnapProgram second = CatnapProgram.up(data, services)) {
      second.awaitReady(READY);
      second.awaitState("shop", "SLEEPING");
      assertThat(second.http().get("/gate/shop?timeout=10s").status()).isEqualTo(200);
      try (HttpProbe probe = new HttpProbe(shop.url())) {
        assertThat(probe.get("/").body()).isEqualTo("hello from shop\n");
      }
      assertThat(second.http().post("/services/shop/stop?wait=10s", "").status()).isEqualTo(200);
      assertThat(second.terminate()).isZero();
    }
    try (CatnapProgram third = CatnapProgram.up(data, services)) {
      third.awaitReady(READY);
      third.awaitState("shop", "STOPPED");
      assertThat(third.get("/metrics/sleep-wake").path("total").path("wakes").asLong(0))
          .isPositive();
      assertThat(third.terminate()).isZero();
    }
  }
}
