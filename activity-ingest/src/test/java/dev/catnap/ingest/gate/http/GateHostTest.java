package dev.catnap.ingest.gate.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateHostTest {
  @ParameterizedTest
  @CsvSource({
    "notes.example.org, notes.example.org",
    "Notes.Example.ORG:8443, notes.example.org",
    "'a.org:80, b.org', a.org",
    "' a.org ,b.org', a.org",
    "a.org., a.org",
    "a.org.:443, a.org",
    "[::1]:9000, [::1]",
    "[::1, [",
    ":80, ''",
    "'', ''",
    "',', ''",
    "., ''",
  })
  void onlyTheNameOfTheFirstHostCounts(String given, String host) {
    assertThat(GateHost.plain(given)).isEqualTo(host);
  }

  @ParameterizedTest
  @CsvSource({
    "/, ''",
    "//, ''",
    ", ''",
    "/app, app",
    "/app/, app",
    "/app/a/b, app",
  })
  void theFirstSegmentIsTheService(String path, String service) {
    assertThat(GateHost.serviceIn(path)).isEqualTo(service);
  }

  @ParameterizedTest
  @CsvSource({
    "host=a, a",
    "mode=page&host=a&host=b, a",
    "ghost=a,",
    "ghost=a&host=b, b",
    "host=, ''",
    "host,",
    ",",
    "q=host=a,",
  })
  void theFirstParameterOfANameCounts(String query, String value) {
    assertThat(GateQuery.text(query, "host=")).isEqualTo(value);
  }
}
