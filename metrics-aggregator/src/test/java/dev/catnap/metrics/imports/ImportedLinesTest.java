package dev.catnap.metrics.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catnap.events.InvalidFieldException;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import dev.catnap.metrics.imports.json.DockerEvents;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ImportedLinesTest {
  private static final String PAUSE =
      """
      {"status":"pause","id":"4f2a","from":"busybox","Type":"container","Action":"pause",\
      "Actor":{"ID":"4f2a","Attributes":{"com.docker.compose.service":"web","image":"busybox",\
      "name":"shop-web-1"}},"scope":"local","time":1772359200,"timeNano":1772359200123456789}\
      """;

  private final DockerEvents docker = new DockerEvents("host-1");

  private static StateChange changed(ImportedLine line) {
    assertThat(line).isInstanceOf(ImportedLine.Changed.class);
    return ((ImportedLine.Changed) line).change();
  }

  private static String reason(ImportedLine line) {
    assertThat(line).isInstanceOf(ImportedLine.Malformed.class);
    return ((ImportedLine.Malformed) line).reason();
  }

  @Test
  void pauseOfDocker_isASleep_withAnIdThatFollowsFromTheLine() {
    StateChange change = changed(docker.read(PAUSE));

    assertThat(change.service()).isEqualTo("web");
    assertThat(change.container()).isEqualTo("shop-web-1");
    assertThat(change.from()).isEqualTo(RunState.RUNNING);
    assertThat(change.to()).isEqualTo(RunState.SLEEPING);
    assertThat(change.at()).isEqualTo(Instant.parse("2026-03-01T10:00:00.123456789Z"));
    assertThat(changed(docker.read(PAUSE))).isEqualTo(change);
    assertThat(changed(docker.read(PAUSE.replace("123456789", "123456790"))).id())
        .isNotEqualTo(change.id());
  }

  @Test
  void destroyOfDocker_endsTheHistory() {
    assertThat(changed(docker.read(PAUSE)).endsHistory()).isFalse();
    StateChange change = changed(docker.read(PAUSE.replace("\"pause\"", "\"destroy\"")));
    assertThat(change.endsHistory()).isTrue();
    assertThat(change.from()).isEqualTo(RunState.STOPPED);
  }

  @Test
  void csv_mayEndTheHistory() {
    CsvHistory csv = new CsvHistory("service,container,from,to,at,gone", "host-1");
    String line = "web,web,STOPPED,STOPPED,2026-03-01T10:00:00Z,";

    assertThat(changed(csv.read(line)).endsHistory()).isFalse();
    assertThat(changed(csv.read(line + "False")).endsHistory()).isFalse();
    assertThat(changed(csv.read(line + "true")).endsHistory()).isTrue();
    assertThat(reason(csv.read(line + "yes"))).contains("gone", "true or false", "yes");
  }

  @Test
  void whatChangesNoState_isPassedOver() {
    assertThat(docker.read(PAUSE.replace("\"Action\":\"pause\"", "\"Action\":\"exec_start: sh\"")))
        .isEqualTo(new ImportedLine.Nothing());
    assertThat(docker.read(PAUSE.replace("\"container\"", "\"network\"")))
        .isEqualTo(new ImportedLine.Nothing());
    assertThat(docker.read(" ")).isEqualTo(new ImportedLine.Nothing());
  }

  @Test
  void malformedLineOfDocker_saysWhy() {
    assertThat(reason(docker.read("2026-03-01 container pause 4f2a"))).contains("JSON");
    assertThat(reason(docker.read("{}"))).contains("Type");
    assertThat(reason(docker.read(PAUSE.replace("\"Actor\"", "\"actor\"")))).contains("Actor");
    assertThat(reason(docker.read(PAUSE.replace("\"web\"", "\"a b\"")))).contains("service");
  }

  @Test
  void csv_isReadByItsHeader() {
    CsvHistory csv = new CsvHistory("at,service,container,from,to,host", "host-1");

    StateChange change =
        changed(csv.read("2026-03-01T11:00:00+01:00,web,\"web,1\",running,SLEEPING,"));

    assertThat(change.at()).isEqualTo(Instant.parse("2026-03-01T10:00:00Z"));
    assertThat(change.container()).isEqualTo("web,1");
    assertThat(change.host()).isEqualTo("host-1");
    assertThat(change.to()).isEqualTo(RunState.SLEEPING);
  }

  @Test
  void csvOfASpreadsheet_beginsWithAByteOrderMark() {
    CsvHistory csv = new CsvHistory("\uFEFFService,container,from,to,at", "host-1");

    assertThat(changed(csv.read("web,web,RUNNING,SLEEPING,2026-03-01T10:00:00Z")).service())
        .isEqualTo("web");
  }

  @Test
  void malformedLineOfCsv_saysWhy() {
    CsvHistory csv = new CsvHistory("service,container,from,to,at", "host-1");

    assertThat(reason(csv.read("web,web,RUNNING,DOZING,2026-03-01T10:00:00Z"))).contains("to");
    assertThat(reason(csv.read("web,web,RUNNING,SLEEPING,yesterday"))).contains("ISO 8601");
    assertThat(reason(csv.read("web,web,RUNNING"))).contains("5 fields");
    assertThat(reason(csv.read("web,\"web,RUNNING"))).contains("quotes");
    assertThatThrownBy(() -> new CsvHistory("service,to,at", "host-1"))
        .isInstanceOf(InvalidFieldException.class)
        .hasMessageContaining("service,container,from,to,at");
  }
}
