package dev.catnap.metrics.imports.http;

import dev.catnap.events.StateChange;
import dev.catnap.events.kafka.Records;
import dev.catnap.events.kafka.Topics;
import dev.catnap.kit.http.ProblemException;
import dev.catnap.metrics.fold.Storable;
import dev.catnap.metrics.imports.CsvHistory;
import dev.catnap.metrics.imports.ImportFormat;
import dev.catnap.metrics.imports.ImportedLine;
import dev.catnap.metrics.imports.json.DockerEvents;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * History of containers that others wrote down becomes state changes on the topic, and from there
 * takes the way of all others: folded, replayed, counted once however often it is imported.
 */
@RestController
@Tag(name = "metrics")
public final class ImportsEndpoint {
  private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(30);
  private static final String SOURCE = "/catnap/import";

  private final KafkaTemplate<String, byte[]> kafka;

  public ImportsEndpoint(KafkaTemplate<String, byte[]> kafka) {
    this.kafka = kafka;
  }

  /**
   * @param line its number in the file
   */
  public record Rejected(long line, String reason) {}

  /**
   * lines = accepted + passedOver + rejected.
   *
   * @param accepted state changes that the broker has
   * @param passedOver lines that tell of no change of state
   */
  public record Imported(long lines, long accepted, long passedOver, List<Rejected> rejected) {}

  @PostMapping(
      path = "/metrics/imports",
      consumes = {"text/plain", "text/csv", "application/x-ndjson"})
  @Operation(
      summary = "Import container history",
      description =
          "format=docker: lines of docker events --format '{{json .}}'. format=csv: a header and"
              + " lines service,container,from,to,at. firstLine: the number of the first line, or of"
              + " the first behind the header, where the body is a part of a file. 202 when all lines"
              + " were understood, 207 when some were not.")
  public ResponseEntity<Imported> add(
      @RequestParam(required = false) @Nullable String format,
      @RequestParam(defaultValue = "imported") String host,
      @RequestParam(required = false) @Nullable Long firstLine,
      @RequestBody String body) {
    List<String> lines = body.lines().toList();
    Function<String, ImportedLine> reader;
    long number;
    if (ImportFormat.named(format) == ImportFormat.CSV) {
      reader = new CsvHistory(lines.isEmpty() ? "" : lines.getFirst(), host)::read;
      lines = lines.subList(1, lines.size());
      number = firstLine == null ? 2 : firstLine;
    } else {
      reader = new DockerEvents(host)::read;
      number = firstLine == null ? 1 : firstLine;
    }
    Imported imported = publish(lines, number, reader);
    return ResponseEntity.status(
            imported.rejected().isEmpty() ? HttpStatus.ACCEPTED : HttpStatus.MULTI_STATUS)
        .body(imported);
  }

  private Imported publish(List<String> lines, long first, Function<String, ImportedLine> reader) {
    List<Rejected> rejected = new ArrayList<>();
    List<CompletableFuture<?>> sent = new ArrayList<>();
    long passedOver = 0;
    for (int i = 0; i < lines.size(); i++) {
      switch (checked(reader.apply(lines.get(i)))) {
        case ImportedLine.Changed changed ->
            sent.add(kafka.send(Records.write(Topics.STATE_CHANGES, changed.change(), SOURCE)));
        case ImportedLine.Malformed malformed ->
            rejected.add(new Rejected(first + i, malformed.reason()));
        case ImportedLine.Nothing nothing -> passedOver++;
      }
    }
    await(sent);
    return new Imported(lines.size(), sent.size(), passedOver, rejected);
  }

  /** What the tables cannot hold would be put aside later, and nobody would see it. */
  private static ImportedLine checked(ImportedLine line) {
    if (line instanceof ImportedLine.Changed(StateChange change)) {
      try {
        Storable.check(change);
      } catch (dev.catnap.events.InvalidFieldException e) {
        return new ImportedLine.Malformed(String.valueOf(e.getMessage()));
      }
    }
    return line;
  }

  private static void await(List<CompletableFuture<?>> sent) {
    try {
      CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
          .get(ACKNOWLEDGED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw ProblemException.unavailable(
          "The broker did not take all of it; import it again, what it has counts once.",
          Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ProblemException.unavailable("Interrupted; import it again.", Duration.ofSeconds(5));
    }
  }
}
