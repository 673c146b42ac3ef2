package dev.catnap.ingest.gate;

import static dev.catnap.ingest.gate.Stories.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostTableTest {
  private final HostTable hosts = new HostTable();

  @ParameterizedTest
  @CsvSource({
    "notes.example.org, notes",
    "other.example.org, everything",
    "a.b.example.org, everything",
    "x.apps.example.org, apps",
    "x.y.apps.example.org, apps",
    "apps.example.org, everything",
    "example.org,",
    "badexample.org,",
    "notes.example.org.evil.net,",
    "'',",
    ".,",
  })
  void exactBeatsWildcardAndTheLongestWildcardBeatsTheOthers(String host, String service) {
    hosts.define("notes", List.of("notes.example.org"), NOON);
    hosts.define("everything", List.of("*.example.org"), NOON);
    hosts.define("apps", List.of("*.apps.example.org"), NOON);
    assertThat(hosts.serviceOf(host)).isEqualTo(service);
  }

  @Test
  void aStarAloneTakesTheRest() {
    hosts.define("rest", List.of("*"), NOON);
    hosts.define("notes", List.of("notes"), NOON);
    assertThat(hosts.serviceOf("notes")).isEqualTo("notes");
    assertThat(hosts.serviceOf("any.thing")).isEqualTo("rest");
    assertThat(hosts.serviceOf("")).isEqualTo("rest");
  }

  @Test
  void theOneDefinedLastHasTheHostWhateverTheOrder() {
    assertThat(hosts.define("new", List.of("a.org"), NOON.plusMillis(1))).isEmpty();
    assertThat(hosts.define("old", List.of("a.org", "b.org"), NOON))
        .containsExactly(new HostTable.Contest("a.org", "new", List.of("old")));
    assertThat(hosts.serviceOf("a.org")).isEqualTo("new");
    assertThat(hosts.serviceOf("b.org")).isEqualTo("old");
    hosts.remove("new");
    assertThat(hosts.serviceOf("a.org")).isEqualTo("old");
  }

  @Test
  void aContestIsToldOnceForEachDefinition() {
    hosts.define("one", List.of("*.org"), NOON);
    assertThat(hosts.define("two", List.of("*.org"), NOON)).hasSize(1);
    assertThat(hosts.define("two", List.of("*.org"), NOON)).isEmpty();
    assertThat(hosts.define("two", List.of("*.org"), NOON.plusMillis(1)))
        .containsExactly(new HostTable.Contest("*.org", "two", List.of("one")));
  }

  @Test
  void ofTheSameTimeTheFirstNameWinsWhateverTheOrder() {
    hosts.define("b", List.of("x"), NOON);
    hosts.define("a", List.of("x"), NOON);
    assertThat(hosts.serviceOf("x")).isEqualTo("a");
    hosts.define("c", List.of("x"), NOON);
    assertThat(hosts.serviceOf("x")).isEqualTo("a");
  }

  @Test
  void aHostThatIsNoLongerClaimedIsGivenBack() {
    hosts.define("app", List.of("a.org", "a.org", "b.org"), NOON);
    hosts.define("app", List.of("b.org"), NOON.plusMillis(1));
    assertThat(hosts.serviceOf("a.org")).isNull();
    assertThat(hosts.serviceOf("b.org")).isEqualTo("app");
    hosts.remove("app");
    hosts.remove("never-there");
    assertThat(hosts.serviceOf("b.org")).isNull();
  }
}
