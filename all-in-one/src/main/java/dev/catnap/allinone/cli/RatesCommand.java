package dev.catnap.allinone.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code catnap rates FILE}. */
@Command(
    name = "rates",
    description = {
      "Imports rate cards: what a core, memory, storage and network cost, for whom and from when on.",
      "FILE is YAML, see docs/cost-reports.md. All of it is taken or nothing; hours that are over keep"
          + " their price."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Exit codes: 0 done, 1 refused or failed, 2 not understood."})
public final class RatesCommand implements Callable<Integer> {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

  @Parameters(paramLabel = "FILE", description = "The file.")
  private Path file = Path.of("");

  @Option(names = "--dry-run", description = "Only say what would change.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print the answer as JSON.")
  private boolean json;

  @Mixin private ApiOptions api = new ApiOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    ApiClient.Answer answer =
        api.client()
            .post(
                "/cost/rates/import?dryRun=" + dryRun,
                content(),
                "application/yaml",
                ANSWER_WITHIN);
    JsonNode said = answer.json();
    if (!answer.isSuccess()) {
      PrintWriter err = spec.commandLine().getErr();
      for (JsonNode error : said.path("errors")) {
        err.println(error.path("field").asString("") + " " + error.path("rule").asString(""));
      }
      err.flush();
      throw new CommandFailedException("not imported: " + answer.problem());
    }
    print(said);
    return ExitCode.OK;
  }

  private String content() {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new CommandFailedException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private void print(JsonNode said) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(said);
    } else {
      for (JsonNode entry : said.path("entries")) {
        out.println(entry.path("entry").asString("") + " " + entry.path("action").asString(""));
      }
      out.printf(
          Locale.ROOT,
          "%d %s, %d changed, %d unchanged%n",
          said.path("added").asLong(0),
          dryRun ? "would be added" : "added",
          said.path("changed").asLong(0),
          said.path("unchanged").asLong(0));
    }
    out.flush();
  }
}
