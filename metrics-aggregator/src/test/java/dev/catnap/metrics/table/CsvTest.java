package dev.catnap.metrics.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CsvTest {
  private static Map<String, Object> row(Object... fields) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      row.put(fields[i].toString(), fields[i + 1]);
    }
    return row;
  }

  @Test
  void rows_asRfc4180HasThem() {
    assertThat(Csv.of(List.of(row("a", 1, "b", "x,y"), row("a", null, "b", "say \"hi\"\nyou"))))
        .isEqualTo("a,b\r\n1,\"x,y\"\r\n,\"say \"\"hi\"\"\nyou\"\r\n");
  }

  @Test
  void whatOnlySomeRowsHave_isAColumnOfAll() {
    assertThat(Csv.of(List.of(row("a", 1, "leak", null), row("a", 2, "leak.p", 0.5))))
        .isEqualTo("a,leak.p\r\n1,\r\n2,0.5\r\n");
  }

  @Test
  void largeNumbers_areWrittenOut() {
    assertThat(Csv.of(List.of(row("a", 2.68435456E8, "b", 1.0E-5, "c", 7L))))
        .isEqualTo("a,b,c\r\n268435456,0.000010,7\r\n");
  }

  @Test
  void nothing_isAnEmptyLine() {
    assertThat(Csv.of(List.of())).isEqualTo("\r\n");
  }
}
