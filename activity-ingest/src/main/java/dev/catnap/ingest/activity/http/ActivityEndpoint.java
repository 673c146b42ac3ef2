package dev.catnap.ingest.activity.http;

import dev.catnap.events.Activity;
import dev.catnap.ingest.activity.ActivityLog;
import dev.catnap.ingest.activity.InFlight;
import dev.catnap.ingest.activity.Intake;
import dev.catnap.ingest.activity.Normalizer;
import dev.catnap.kit.http.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes activity in. An answer of 202 or 207 means that the log has what was accepted; a sender who
 * is told 503 sends the same again, and what had arrived counts once if it bears an id.
 */
@Tag(name = "activity")
@RestController
public final class ActivityEndpoint {
  private static final Duration COME_AGAIN = Duration.ofSeconds(2);

  private final ActivityLog log;
  private final DeliveryReader reader;
  private final Limits limits;
  private final InFlight bytes;
  private final InFlight events;
  private final ActivityMetrics metrics;
  private final Clock clock;

  /**
   * @param bytes of bodies that may be under way at once
   * @param events that may be under way at once
   */
  public ActivityEndpoint(
      ActivityLog log,
      Normalizer normalizer,
      Limits limits,
      InFlight bytes,
      InFlight events,
      ActivityMetrics metrics,
      Clock clock) {
    this.log = log;
    this.reader = new DeliveryReader(normalizer, limits);
    this.limits = limits;
    this.bytes = bytes;
    this.events = events;
    this.metrics = metrics;
    this.clock = clock;
  }

  @Operation(
      summary = "Report activity",
      description =
          "One object, an array (application/json), an object a line (application/x-ndjson),"
              + " or CloudEvents 1.0 over HTTP (binary, structured, batch). Only service is"
              + " required in an event.")
  @ApiResponse(responseCode = "202", description = "the log has all of it")
  @ApiResponse(responseCode = "207", description = "the log has what was good of it")
  @ApiResponse(responseCode = "400", description = "nothing of it was good")
  @ApiResponse(responseCode = "413", description = "the body or the batch is too large")
  @ApiResponse(responseCode = "503", description = "the log is away or too much is under way")
  @PostMapping("/activity")
  public ResponseEntity<Object> post(HttpServletRequest request)
      throws IOException, InterruptedException {
    Instant receivedAt = clock.instant();
    BodyForm form = BodyForm.of(request);
    try (Body body =
        Body.read(request.getInputStream(), request.getContentLengthLong(), limits, bytes)) {
      if (body.isBlank()) {
        throw ProblemException.invalid("body", "must not be empty", null);
      }
      return take(reader.read(request, form, body, receivedAt));
    }
  }

  private ResponseEntity<Object> take(Intake intake) throws InterruptedException {
    metrics.rejected(intake.rejected());
    if (intake.accepted().isEmpty() && !intake.rejected().isEmpty()) {
      return allRejected(intake);
    }
    append(intake.accepted());
    HttpStatus status = intake.rejected().isEmpty() ? HttpStatus.ACCEPTED : HttpStatus.MULTI_STATUS;
    return ResponseEntity.status(status).body(Answer.of(intake));
  }

  private void append(List<Activity> accepted) throws InterruptedException {
    int count = accepted.size();
    if (!events.tryTake(count)) {
      metrics.failed(count);
      throw Limits.tooMuchInFlight();
    }
    try {
      int safe = log.isReachable() ? log.append(accepted) : 0;
      metrics.accepted(safe);
      if (safe < count) {
        metrics.failed(count - safe);
        throw notTaken(safe, count);
      }
    } finally {
      events.giveBack(count);
    }
  }

  private static ProblemException notTaken(int safe, int count) {
    String detail =
        "The Kafka broker has acknowledged "
            + safe
            + " of "
            + count
            + " events. Send all of them again with the same ids: those that arrived count once.";
    return ProblemException.unavailable(detail, COME_AGAIN);
  }

  private static ResponseEntity<Object> allRejected(Intake intake) {
    List<Answer.Line> lines = Answer.of(intake).rejected();
    Answer.Line first = lines.getFirst();
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(
            HttpStatus.BAD_REQUEST,
            lines.size() == 1 ? first.reason() : "None of " + lines.size() + " events is good.");
    problem.setType(URI.create("urn:catnap:problem:invalid-field"));
    problem.setTitle("Invalid field");
    problem.setInstance(URI.create("/activity"));
    problem.setProperty("field", first.field());
    problem.setProperty("rule", first.rule());
    problem.setProperty("value", first.value());
    problem.setProperty("errors", lines);
    return ResponseEntity.badRequest()
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }
}
