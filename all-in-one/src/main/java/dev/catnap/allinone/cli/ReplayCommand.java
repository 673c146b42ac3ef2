package dev.catnap.allinone.cli;

import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import tools.jackson.databind.JsonNode;

/** {@code catnap replay}. */
@Command(
    name = "replay",
    description = {
      "Folds history from the topics once more, and shows how far it is.",
      "Without --from all tables are built anew beside those in use and replace them in one step;"
          + " with it, what is missing of that stretch is added."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Ctrl-C ends the display, not the replay: --interrupt does.",
      "Exit codes: 0 done, 1 failed or interrupted, 2 not understood."
    })
public final class ReplayCommand implements Callable<Integer> {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /** A date (UTC) or a time. */
  static final class Times implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
      try {
        return text.length() == 10
            ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
            : OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeException e) {
        throw new TypeConversionException(
            "'" + text + "' is no date such as 2026-10-01 or time such as 2026-10-01T08:00:00Z");
      }
    }
  }

  @Option(
      names = "--from",
      paramLabel = "DATE",
      converter = Times.class,
      description = "From when on (UTC); without it everything is built anew.")
  private @Nullable Instant from;

  @Option(
      names = "--to",
      paramLabel = "DATE",
      converter = Times.class,
      description = "Up to when, exclusive (default: up to now).")
  private @Nullable Instant to;

  @Option(names = "--service", paramLabel = "NAME", description = "Only this service.")
  private @Nullable String service;

  @Option(names = "--interrupt", paramLabel = "ID", description = "Interrupt a replay.")
  private @Nullable String interrupt;

  @Option(names = "--resume", paramLabel = "ID", description = "Go on with an interrupted one.")
  private @Nullable String resume;

  @Option(names = "--no-wait", description = "Only ask for it.")
  private boolean noWait;

  @Option(names = "--json", description = "Print the API's answers, one a line.")
  private boolean json;

  @Mixin private ApiOptions api = new ApiOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    ApiClient client = api.client();
    PrintWriter out = spec.commandLine().getOut();
    ApiClient.Answer answer = ask(client);
    if (!answer.isSuccess()) {
      throw new CommandFailedException("no replay: " + answer.problem());
    }
    JsonNode replay = answer.json();
    show(out, replay, answer);
    if (interrupt != null || noWait) {
      return ExitCode.OK;
    }
    String path = "/metrics/replays/" + replay.path("id").asString("");
    while (!isOver(replay)) {
      Thread.sleep(LOOK_EVERY);
      answer = client.get(path);
      if (!answer.isSuccess()) {
        throw new CommandFailedException("the replay is not told of: " + answer.problem());
      }
      replay = answer.json();
      show(out, replay, answer);
    }
    if (!json) {
      out.print(ReplayProgress.end(replay));
      out.flush();
    }
    return replay.path("state").asString("").equals("done") ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private ApiClient.Answer ask(ApiClient client) {
    Duration patience = Duration.ofSeconds(30);
    if (interrupt != null) {
      return client.delete("/metrics/replays/" + ApiClient.segment(interrupt), patience);
    }
    if (resume != null) {
      return client.post("/metrics/replays/" + ApiClient.segment(resume) + "/resume", patience);
    }
    StringBuilder query = new StringBuilder("/metrics/replays?");
    if (from != null) {
      query.append("from=").append(from).append('&');
    }
    if (to != null) {
      query.append("to=").append(to).append('&');
    }
    if (service != null) {
      query.append("service=").append(ApiClient.segment(service));
    }
    return client.post(query.toString(), patience);
  }

  private static boolean isOver(JsonNode replay) {
    String state = replay.path("state").asString("");
    return !state.equals("waiting") && !state.equals("running");
  }

  private void show(PrintWriter out, JsonNode replay, ApiClient.Answer answer) {
    out.println(json ? answer.text().strip() : ReplayProgress.line(replay));
    out.flush();
  }
}
