package dev.catnap.allinone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class StatusTableTest {
  private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");

  private static String table(String json) {
    return StatusTable.of(JsonMapper.shared().readTree(json), NOW);
  }

  @Test
  void tellsStateAndWhatComesNext() {
    assertThat(
            table(
                """
                {"items": [
                  {"service": "shop", "state": "RUNNING", "since": "2026-05-04T09:00:00Z",
                   "lastActivity": "2026-05-04T09:59:30Z",
                   "next": {"action": "SLEEP", "at": "2026-05-04T10:09:30Z", "rule": "idle_timeout"}},
                  {"service": "wiki", "state": "SLEEPING", "since": "2026-05-04T08:58:00Z",
                   "next": {"action": "NONE", "rule": "demand"}}]}
                """))
        .isEqualTo(
            """
            SERVICE  STATE     SINCE      LAST ACTIVITY  NEXT
            shop     RUNNING   1h 0m ago  30s ago        sleep in 9m 30s (idle_timeout)
            wiki     SLEEPING  1h 2m ago  -              stays (demand)
            """);
  }

  @Test
  void withoutServicesSaysHowToGetSome() {
    assertThat(table("{\"items\": []}")).contains("catnap.enable=true");
  }
}
