package dev.catnap.allinone.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code catnap import FILE}. */
@Command(
    name = "import",
    description = {
      "Imports the history of containers as state changes.",
      "FILE holds lines of: docker events --format '{{json .}}', or a CSV with the columns"
          + " service,container,from,to,at and perhaps host,reason,id,gone. Imported again it counts once."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Exit codes: 0 all lines understood, 1 some not, or failed, 2 not understood."})
public final class ImportCommand implements Callable<Integer> {
  private static final int CHUNK_CHARACTERS = 200_000;
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);

  /** How the file is written. */
  enum Format {
    DOCKER,
    CSV
  }

  @Parameters(paramLabel = "FILE", description = "The file.")
  private Path file = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "docker|csv",
      description = "How it is written (default: csv where its name ends so, else docker).")
  private @Nullable Format format;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description = "The Docker host it tells of (default: imported).")
  private String host = "imported";

  @Option(names = "--json", description = "Print a summary as JSON.")
  private boolean json;

  @Mixin private ApiOptions api = new ApiOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  private long accepted;
  private long passedOver;
  private long rejected;

  @Override
  public Integer call() {
    Format written = format == null ? byName() : format;
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      String header = written == Format.CSV ? lines.readLine() : null;
      if (written == Format.CSV && header == null) {
        throw new CommandFailedException(file + " is empty; a CSV begins with its header");
      }
      send(lines, written, header);
    } catch (IOException e) {
      throw new CommandFailedException(file + " cannot be read: " + e.getMessage(), e);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        json
            ? "{\"accepted\":%d,\"passedOver\":%d,\"rejected\":%d}%n"
            : "%d state changes imported, %d lines passed over, %d not understood%n",
        accepted,
        passedOver,
        rejected);
    out.flush();
    return rejected == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private Format byName() {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.endsWith(".csv") ? Format.CSV : Format.DOCKER;
  }

  private void send(BufferedReader lines, Format written, @Nullable String header)
      throws IOException {
    long number = header == null ? 1 : 2;
    long first = number;
    StringBuilder chunk = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      chunk.append(line).append('\n');
      number++;
      if (chunk.length() >= CHUNK_CHARACTERS) {
        post(written, header, first, chunk.toString());
        chunk.setLength(0);
        first = number;
      }
    }
    if (!chunk.isEmpty()) {
      post(written, header, first, chunk.toString());
    }
  }

  private void post(Format written, @Nullable String header, long first, String lines) {
    String path =
        "/metrics/imports?format="
            + written.name().toLowerCase(Locale.ROOT)
            + "&firstLine="
            + first
            + "&host="
            + ApiClient.segment(host);
    String body = header == null ? lines : header + "\n" + lines;
    ApiClient.Answer answer = api.client().post(path, body, "text/plain", ANSWER_WITHIN);
    if (!answer.isSuccess()) {
      throw new CommandFailedException("not imported: " + answer.problem());
    }
    JsonNode imported = answer.json();
    accepted += imported.path("accepted").asLong(0);
    passedOver += imported.path("passedOver").asLong(0);
    PrintWriter err = spec.commandLine().getErr();
    for (JsonNode line : imported.path("rejected")) {
      rejected++;
      err.println("line " + line.path("line").asLong(0) + ": " + line.path("reason").asString(""));
    }
    err.flush();
  }
}
