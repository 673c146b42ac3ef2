package dev.catnap.metrics.replay.http;

import dev.catnap.kit.http.Page;
import dev.catnap.kit.http.PageQuery;
import dev.catnap.kit.http.ProblemException;
import dev.catnap.metrics.replay.Replay;
import dev.catnap.metrics.replay.jdbc.ReplayStore;
import dev.catnap.metrics.storage.http.Asking;
import dev.catnap.metrics.window.http.Windows;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** History told again: asked for, followed, interrupted, resumed. */
@RestController
@RequestMapping("/metrics/replays")
@Tag(name = "metrics")
public final class ReplaysEndpoint {
  private final ReplayStore replays;
  private final Clock clock;

  public ReplaysEndpoint(ReplayStore replays, Clock clock) {
    this.replays = replays;
    this.clock = clock;
  }

  @PostMapping
  @Operation(
      summary = "Fold the log once more",
      description =
          "Without from: all tables are built anew beside those in use and replace them in one"
              + " step. With from, and perhaps to and service: what is missing of that stretch is"
              + " added.")
  public ResponseEntity<ReplayView> ask(
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @RequestParam(required = false) @Nullable String service,
      @RequestBody(required = false) @Nullable String body) {
    refuseBody(body);
    String only = Windows.service(service);
    if (from == null && (to != null || only != null)) {
      throw ProblemException.invalid(
          "from", "must be given where to or service is: a rebuild is of everything", null);
    }
    if (from != null && to != null && !to.isAfter(from)) {
      throw ProblemException.invalid("to", "must be later than from", to);
    }
    Replay replay =
        new Replay(
            UUID.randomUUID(),
            from == null ? Replay.Kind.REBUILD : Replay.Kind.BACKFILL,
            from,
            to,
            only,
            Replay.State.WAITING,
            clock.instant(),
            null,
            null,
            new Replay.Progress(0, 0, null, 0),
            null,
            null);
    boolean unused =
        Asking.database(() -> {
          replays.add(replay);
          return true;
        });
    return accepted(replay.id());
  }

  /** What is asked for in a body and not read would be a rebuild of everything instead. */
  private static void refuseBody(@Nullable String body) {
    if (body != null && !body.isBlank() && !body.strip().equals("{}")) {
      throw ProblemException.invalid(
          "body",
          "must be empty: from, to and service are given in the query",
          body.substring(0, Math.min(body.length(), 100)));
    }
  }

  @GetMapping
  @Operation(summary = "All replays, the newest first")
  public Page<ReplayView> all(PageQuery page) {
    Instant now = clock.instant();
    return Page.of(
        Asking.database(replays::all).stream().map(one -> ReplayView.of(one, now)).toList(),
        ReplayView::id,
        page);
  }

  @GetMapping("/{id}")
  @Operation(
      summary = "How far a replay is, and at the end the rows of each table before and after")
  public ReplayView one(@PathVariable UUID id) {
    return ReplayView.of(found(id), clock.instant());
  }

  @DeleteMapping("/{id}")
  @Operation(summary = "Interrupt a replay; it can be resumed")
  public ReplayView interrupt(@PathVariable UUID id) {
    Replay replay = found(id);
    if (!Asking.database(() -> replays.interrupt(id, clock.instant()))) {
      throw ProblemException.conflict(
          "replay-over", "Replay is over", "It is " + ReplayView.name(replay.state()) + ".");
    }
    return one(id);
  }

  @PostMapping("/{id}/resume")
  @Operation(summary = "Go on with a replay that was interrupted or failed")
  public ResponseEntity<ReplayView> resume(@PathVariable UUID id) {
    Replay replay = found(id);
    if (!Asking.database(() -> replays.resume(id, clock.instant()))) {
      throw ProblemException.conflict(
          "replay-not-interrupted",
          "Replay is not interrupted",
          "It is " + ReplayView.name(replay.state()) + ".");
    }
    return accepted(id);
  }

  private ResponseEntity<ReplayView> accepted(UUID id) {
    return ResponseEntity.accepted().location(URI.create("/metrics/replays/" + id)).body(one(id));
  }

  private Replay found(UUID id) {
    return Asking.database(() -> replays.find(id))
        .orElseThrow(() -> ProblemException.notFound("replay", id.toString()));
  }
}
