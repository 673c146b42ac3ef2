package dev.catnap.ingest.gate.http;

import static dev.catnap.ingest.gate.Stories.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.events.RunState;
import dev.catnap.ingest.gate.Waking;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitingPageTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "400, -, just now",
        "1000, -, 1 second ago",
        "59999, -, 59 seconds ago",
        "119999, -, 119 seconds ago",
        "120000, -, 2 minutes ago",
        "0, 400, less than a second",
        "0, 1400, about 1 second",
        "0, 5600, about 6 seconds",
        "0, 300000, about 5 minutes",
        "8000, 6000, about 6 seconds.",
        "8001, 6000, about 6 seconds; this time it takes longer.",
      })
  void itSaysHowLongItTakes(long waited, Long usual, String expected) {
    assertThat(page(waited, usual, null)).contains(expected);
  }

  @Test
  void theBarShowsHowFarItIsWhereThatIsKnown() {
    assertThat(page(1500, 6000L, null)).contains("max=\"6000\" value=\"1500\"");
    assertThat(page(6000, 6000L, null)).contains("<progress").doesNotContain("value=");
    assertThat(page(6000, null, null)).contains("<progress").doesNotContain("usually");
    assertThat(page(0, null, "port in use")).doesNotContain("<progress").contains("port in use");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "0, -, 1",
        "9999, -, 1",
        "10000, -, 2",
        "59999, -, 2",
        "60000, -, 5",
        "0, port in use, 5",
      })
  void whoHasWaitedForLongIsDisturbedLess(long waited, String trouble, int expected) {
    assertThat(WaitingPage.againSeconds(waking(waited, null, trouble))).isEqualTo(expected);
  }

  @Test
  void whatOthersWroteIsTextAndNothingElse() {
    String nasty = "</p><script>alert('1')</script>{name}{reason}\"&";
    assertThat(page(0, null, nasty))
        .contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;{name}{reason}&quot;&amp;")
        .doesNotContain("<script");
  }

  @Test
  void nothingIsLeftOpen() {
    assertThat(page(3000, 5000L, null).replaceAll("<style>[^<]*</style>", ""))
        .doesNotContain("{", "}", "http:", "https:")
        .contains("lang=\"en\"", "<title>Waking app</title>", "role=\"status\"", "aria-live");
  }

  private static String page(long waitedMillis, Long usualMillis, String trouble) {
    return WaitingPage.render(waking(waitedMillis, usualMillis, trouble), 1);
  }

  private static Waking waking(long waitedMillis, Long usualMillis, String trouble) {
    Duration usual = usualMillis == null ? null : Duration.ofMillis(usualMillis);
    return new Waking("app", RunState.STOPPED, NOON, NOON.plusMillis(waitedMillis), usual, trouble);
  }
}
