package dev.catnap.metrics.imports.json;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.catnap.events.InvalidFieldException;
import dev.catnap.events.Reason;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import dev.catnap.events.json.Json;
import dev.catnap.metrics.imports.ImportIds;
import dev.catnap.metrics.imports.ImportedLine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Lines as {@code docker events --format '{{json .}}'} writes them. What changes a container's
 * state is read, the rest is passed over:
 *
 * <pre>
 * create    UNKNOWN  to STOPPED
 * start     STOPPED  to RUNNING
 * pause     RUNNING  to SLEEPING
 * unpause   SLEEPING to RUNNING
 * die       RUNNING  to STOPPED   (before it kill, behind it stop, which say no more)
 * destroy   STOPPED  to UNKNOWN   (gone)
 * </pre>
 *
 * <p>The service is the label {@code catnap.service}, else Compose's, else the container's name.
 */
public final class DockerEvents {
  private record Move(RunState from, RunState to) {}

  private static final String DESTROY = "destroy";

  private static final Map<String, Move> MOVES =
      Map.of(
          "create",
          new Move(RunState.UNKNOWN, RunState.STOPPED),
          "start",
          new Move(RunState.STOPPED, RunState.RUNNING),
          "pause",
          new Move(RunState.RUNNING, RunState.SLEEPING),
          "unpause",
          new Move(RunState.SLEEPING, RunState.RUNNING),
          "die",
          new Move(RunState.RUNNING, RunState.STOPPED),
          DESTROY,
          new Move(RunState.STOPPED, RunState.UNKNOWN));

  private static final List<String> SERVICE_LABELS =
      List.of("catnap.service", "com.docker.compose.service", "name");

  private final String host;

  /**
   * @param host whose events they are
   */
  public DockerEvents(String host) {
    this.host = host;
  }

  /** As the engine names them; those of older engines say {@code id} and {@code status}. */
  private record Event(
      @JsonProperty("Type") @Nullable String type,
      @JsonProperty("Action") @Nullable String action,
      @JsonProperty("Actor") @Nullable Actor actor,
      @Nullable Long time,
      @Nullable Long timeNano) {}

  private record Actor(
      @JsonProperty("ID") @Nullable String id,
      @JsonProperty("Attributes") @Nullable Map<String, String> attributes) {}

  public ImportedLine read(String line) {
    if (line.isBlank()) {
      return new ImportedLine.Nothing();
    }
    try {
      return read(parse(line));
    } catch (InvalidFieldException e) {
      return new ImportedLine.Malformed(String.valueOf(e.getMessage()));
    }
  }

  private ImportedLine read(Event event) {
    if (event.type() == null || event.action() == null) {
      throw new InvalidFieldException(
          "Type", "and Action must be given, as docker events does", null);
    }
    Move move = MOVES.get(event.action());
    if (!event.type().equals("container") || move == null) {
      return new ImportedLine.Nothing();
    }
    Actor actor = event.actor();
    if (actor == null || actor.id() == null || actor.attributes() == null) {
      throw new InvalidFieldException("Actor", "must have ID and Attributes", null);
    }
    Instant at = time(event);
    String container = actor.attributes().getOrDefault("name", actor.id());
    StateChange change =
        new StateChange(
            ImportIds.of(actor.id(), event.action(), at.toString()),
            service(actor.attributes(), container),
            container,
            host,
            move.from(),
            move.to(),
            at,
            Reason.EXTERNAL);
    return new ImportedLine.Changed(event.action().equals(DESTROY) ? change.asGone() : change);
  }

  private static String service(Map<String, String> attributes, String otherwise) {
    return SERVICE_LABELS.stream()
        .map(attributes::get)
        .filter(name -> name != null && !name.isEmpty())
        .findFirst()
        .orElse(otherwise);
  }

  private static Instant time(Event event) {
    if (event.timeNano() != null) {
      return Instant.ofEpochSecond(0, event.timeNano());
    }
    if (event.time() != null) {
      return Instant.ofEpochSecond(event.time());
    }
    throw new InvalidFieldException("timeNano", "or time must be given", null);
  }

  private static Event parse(String line) {
    try {
      Event event = Json.MAPPER.readValue(line, Event.class);
      if (event == null) {
        throw new InvalidFieldException("line", "must be a JSON object", line);
      }
      return event;
    } catch (JacksonException e) {
      throw new InvalidFieldException(
          "line", "must be JSON as docker events writes it", e.getOriginalMessage());
    }
  }
}
