package dev.catnap.ingest.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.events.NotWaking;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarksTest {
  @ParameterizedTest
  @CsvSource({
    "UptimeRobot*, uptimerobot/2.0, true",
    "UptimeRobot*, Mozilla UptimeRobot, false",
    "*bot*, Googlebot/2.1, true",
    "*bot*, bot, true",
    "*bot*, Firefox, false",
    "curl, curl, true",
    "curl, curl/8, false",
    "a*b*c, a--b--c, true",
    "a*b*c, a--c--b, false",
    "ab*ba, aba, false",
    "ab*ba, abba, true",
    "*x*y*, y x, false",
    "**, anything, true",
    "*, '', true",
  })
  void userAgents(String mark, String agent, boolean covered) {
    Marks marks = Marks.of(new NotWaking(List.of(mark), List.of(), List.of()));
    assertThat(marks.cover(caller(null, Map.of("User-Agent", agent)))).isEqualTo(covered);
  }

  @ParameterizedTest
  @CsvSource({
    "/health, /health, true",
    "/health, /Health, false",
    "/health, /health/, false",
    "/health, , false",
    "/metrics/*, /metrics/, true",
    "/metrics/*, /metrics/a/b, true",
    "/metrics/*, /metrics, false",
    "*.ico, /favicon.ico, true",
    "/a*a, /a, false",
  })
  void paths(String mark, String path, boolean covered) {
    Marks marks = Marks.of(new NotWaking(List.of(), List.of(mark), List.of()));
    assertThat(marks.cover(caller(path, Map.of()))).isEqualTo(covered);
  }

  @ParameterizedTest
  @CsvSource({
    "X-Monitor, x, true",
    "X-Monitor, '', true",
    "X-Monitor=x, x, true",
    "X-Monitor=x, X, false",
    "X-Monitor=, '', true",
    "X-Monitor=a=b, a=b, true",
    "X-Monitor=prom*, prometheus, true",
    "X-Other, x, false",
  })
  void headers(String mark, String value, boolean covered) {
    Marks marks = Marks.of(new NotWaking(List.of(), List.of(), List.of(mark)));
    assertThat(marks.cover(caller("/", Map.of("X-Monitor", value)))).isEqualTo(covered);
  }

  @Test
  void nothingIsMarkedUnlessDefinedAndThenNothingIsLookedAt() {
    assertThat(Marks.of(NotWaking.NONE)).isSameAs(Marks.NONE);
    assertThat(
            Marks.NONE.cover(
                new Caller() {
                  @Override
                  public String header(String name) {
                    throw new AssertionError(name);
                  }

                  @Override
                  public String path() {
                    throw new AssertionError();
                  }
                }))
        .isFalse();
  }

  @Test
  void aPatternTakesLinearTimeWhateverIsSent() {
    Marks marks = Marks.of(new NotWaking(List.of("*a".repeat(60) + "*b"), List.of(), List.of()));
    assertThat(marks.cover(caller(null, Map.of("User-Agent", "a".repeat(100_000))))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "Upgrade, websocket, CONNECTION",
    "Upgrade, SPDY/3.1, CONNECTION",
    "Upgrade, h2c, REQUEST",
    "Upgrade, '', REQUEST",
    "X-Forwarded-Upgrade, websocket, CONNECTION",
    "Accept, text/event-stream, CONNECTION",
    "Accept, 'Text/Event-Stream, */*', CONNECTION",
    "Accept, 'application/json, text/event-stream', REQUEST",
    "Accept, text/html, REQUEST",
    "Other, websocket, REQUEST",
  })
  void kinds(String header, String value, String kind) {
    assertThat(Kinds.of(caller("/", Map.of(header, value))).name()).isEqualTo(kind);
  }

  private static Caller caller(String path, Map<String, String> headers) {
    return new Caller() {
      @Override
      public String header(String name) {
        return headers.get(name);
      }

      @Override
      public String path() {
        return path;
      }
    };
  }
}
