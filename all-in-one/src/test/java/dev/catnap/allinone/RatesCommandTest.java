package dev.catnap.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line against a whole Catnap. */
class RatesCommandTest {
  private static final String CARDS =
      """
      rates:
        - { valid_from: 2026-01-01, host: big, cpu_hour: 1, memory_gib_hour: 1, storage_gib_month: 1 }
      """;

  @Test
  void file_of_rate_cards_is_tried_imported_and_refused(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("rates.yml"), CARDS);
    try (CatnapFixture catnap = CatnapFixture.withProcesses(folder.resolve("data"), null)) {
      String url = catnap.address().toString();
      assertThat(run("rates", file.toString(), "--dry-run", "--url", url))
          .contains("rates[0] added")
          .contains("1 would be added, 0 changed, 0 unchanged");
      assertThat(catnap.get("/cost/rates").path("items")).hasSize(1);
      assertThat(run("rates", file.toString(), "--url", url)).contains("1 added");
      assertThat(catnap.get("/cost/rates").path("items")).hasSize(2);
      assertThat(run("rates", file.toString(), "--json", "--url", url)).contains("\"unchanged\":1");
      Files.writeString(file, CARDS.replace("cpu_hour: 1", "cpu_hour: -1"));
      assertThat(run("rates", file.toString(), "--url", url))
          .contains("not imported: rates[0].cpu_hour must be a number of 0 to");
    }
  }

  private static String run(String... arguments) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = System.out;
    PrintStream err = System.err;
    PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8);
    System.setOut(both);
    System.setErr(both);
    try {
      Catnap.run(arguments);
      return said.toString(StandardCharsets.UTF_8);
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
