package dev.catnap.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.testkit.TemporaryDirectory;
import dev.catnap.testkit.docker.RequiresDocker;
import dev.catnap.testkit.docker.TestVolume;
import dev.catnap.testkit.docker.Workload;
import dev.catnap.testkit.docker.Workloads;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a real container wrote, through the log, as money; and that a stop does not end it. */
@RequiresDocker
class StorageIsPaidForTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String SERVICE = "storing-" + Workloads.runId();
  private static final long MIB = 1L << 20;

  /**
   * The highest there is for a GiB month: money is shown to a millionth, and this takes seconds.
   */
  private static final BigDecimal RATE = new BigDecimal("1000000");

  @Test
  void aStoppedContainerPaysForItsLayerAndItsVolume_andForNothingElse() {
    try (TestVolume volume = Workloads.volume()) {
      Workload workload =
          Workloads.web()
              .named("catnap-test-" + SERVICE)
              .label("catnap.enable", "true")
              .label("catnap.service", SERVICE)
              .shell("trap 'exit 0' TERM; httpd -p 8080 -h /www; sleep 600 & wait")
              .volume(volume, "/data")
              .start();
      // Before anything is measured: an hour has the mean of its measures.
      workload.write("/own", 3 * MIB);
      workload.write("/data/kept", 5 * MIB);
      try (CatnapFixture catnap =
          CatnapFixture.withDocker(
              TemporaryDirectory.create("all-in-one"),
              Map.of("catnap.container-actuator.storage-interval", "1s"))) {
        catnap.awaitState(SERVICE, "RUNNING", LIMIT);
        assertThat(catnap.http().post("/cost/rates", card()).status()).isEqualTo(201);
        Awaitility.await("its storage is known")
            .atMost(LIMIT)
            .until(() -> item(catnap, "window=10m").path("storage").path("actual").asDouble(0) > 0);
        assertThat(catnap.http().post("/services/" + SERVICE + "/stop?wait=20s", "").status())
            .isEqualTo(200);
        assertThat(workload.state()).isEqualTo("exited");
        assertPaysForStorageOnly(catnap, Instant.now());
      }
    }
  }

  private static void assertPaysForStorageOnly(CatnapFixture catnap, Instant from) {
    Instant to = from.plusSeconds(1);
    Awaitility.await("a second stopped").until(() -> Instant.now().isAfter(to));
    JsonNode item = item(catnap, "from=" + from + "&to=" + to);
    BigDecimal paid = item.path("storage").path("actual").decimalValue();
    assertThat(paid).isBetween(aSecondOf(8 * MIB), aSecondOf(9 * MIB));
    assertThat(item.path("actual").decimalValue()).isEqualByComparingTo(paid);
    assertThat(item.path("storage").path("saving").decimalValue()).isZero();
    assertThat(item.path("assumptions").toString()).doesNotContain("storage not known");
  }

  private static String card() {
    return """
    {"validFrom":"%s","cpuHour":1000,"memoryGibHour":1000,"storageGibMonth":%s}
    """
        .formatted(Instant.now().minus(Duration.ofDays(1)), RATE);
  }

  /** In a month of 720 h, as money is shown. */
  private static BigDecimal aSecondOf(long bytes) {
    return BigDecimal.valueOf(bytes)
        .multiply(RATE)
        .divide(BigDecimal.valueOf(1L << 30), MathContext.DECIMAL128)
        .divide(BigDecimal.valueOf(720L * 3_600), 6, RoundingMode.HALF_EVEN);
  }

  private static JsonNode item(CatnapFixture catnap, String window) {
    return catnap.get("/metrics/cost?service=" + SERVICE + "&" + window).path("items").path(0);
  }
}
