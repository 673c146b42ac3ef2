package dev.catnap.ingest.gate.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.ingest.gate.Caller;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrowserTest {
  private static final String CHROME =
      "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "GET, browser, -, -, true",
        "GET, browser, Sec-Fetch-Mode, navigate, true",
        "GET, browser, Sec-Fetch-Mode, cors, false",
        "GET, browser, Sec-Fetch-Mode, no-cors, false",
        "GET, browser, X-Requested-With, XMLHttpRequest, false",
        "GET, browser, Origin, https://a.org, false",
        "GET, browser, X-Forwarded-Method, POST, false",
        "GET, browser, X-Original-Method, POST, false",
        "POST, browser, X-Forwarded-Method, GET, true",
        "POST, browser, -, -, false",
        "HEAD, browser, -, -, false",
        "GET, '*/*', -, -, false",
        "GET, -, -, -, false",
        "GET, 'application/json, text/html', -, -, false",
        "GET, 'application/json, text/html', Sec-Fetch-Mode, navigate, true",
        "GET, Text/HTML, -, -, true",
      })
  void onlyWhoNavigatesSeesAPage(
      String method, String accept, String header, String value, boolean shown) {
    Map<String, String> headers = new HashMap<>();
    headers.put(header, value);
    headers.put("Accept", "browser".equals(accept) ? CHROME : accept);
    assertThat(Browser.shows(caller(headers), method)).isEqualTo(shown);
  }

  private static Caller caller(Map<String, String> headers) {
    return new Caller() {
      @Override
      public String header(String name) {
        return headers.get(name);
      }

      @Override
      public String path() {
        return null;
      }
    };
  }
}
