package dev.catnap.ingest.gate.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateQueryTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, 50000",
        "'', 50000",
        "mode=wait, 50000",
        "timeout=10s, 10000",
        "timeout=10, 10000",
        "timeout=250ms, 250",
        "timeout=0s, 0",
        "timeout=1m, 60000",
        "timeout=1h, 120000",
        "timeout=999999999h, 120000",
        "mode=wait&timeout=3s&mode=page, 3000",
        "mode=wait&timeout=3s&timeout=9s, 3000",
        "timeout=soon, 50000",
        "timeout=-1s, 50000",
        "timeout=, 50000",
        "timeout=99999999999999999999s, 50000",
        "xtimeout=3s, 50000",
        "%zz&&==&timeout=3s&%, 3000",
      })
  void anyQueryHasATimeout(String query, long millis) {
    assertThat(GateQuery.timeout(query, Duration.ofSeconds(50), Duration.ofSeconds(120)))
        .isEqualTo(Duration.ofMillis(millis));
  }
}
