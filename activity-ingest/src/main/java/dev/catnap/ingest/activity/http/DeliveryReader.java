package dev.catnap.ingest.activity.http;

import dev.catnap.events.InvalidFieldException;
import dev.catnap.events.json.Json;
import dev.catnap.ingest.activity.Intake;
import dev.catnap.ingest.activity.Normalized;
import dev.catnap.ingest.activity.Normalizer;
import dev.catnap.ingest.activity.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.BiFunction;
import org.springframework.web.util.UriUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/** Reads all reports of a body; one that is bad does not spoil the others. */
final class DeliveryReader {
  private final ReportParser parser;
  private final Limits limits;

  DeliveryReader(Normalizer normalizer, Limits limits) {
    this.parser = new ReportParser(normalizer);
    this.limits = limits;
  }

  Intake read(HttpServletRequest request, BodyForm form, Body body, Instant receivedAt) {
    return switch (form) {
      case LINES -> lines(body, receivedAt);
      case JSON ->
          startsWithBracket(body)
              ? array(body, receivedAt, parser::parse)
              : one(parser.parse(body.bytes(), 0, body.length(), receivedAt));
      case CLOUD_EVENT_BATCH -> array(body, receivedAt, parser::parseCloudEvent);
      case CLOUD_EVENT -> one(structured(body, receivedAt));
      case CLOUD_EVENT_BINARY -> one(binary(request, body, receivedAt));
    };
  }

  private Intake lines(Body body, Instant receivedAt) {
    Intake intake = new Intake();
    byte[] bytes = body.bytes();
    int line = 1;
    int start = 0;
    for (int i = 0; i <= body.length(); i++) {
      if (i == body.length() || bytes[i] == '\n') {
        if (!isBlank(bytes, start, i)) {
          limits.checkBatch(intake.size() + 1);
          intake.add(line, parser.parse(bytes, start, i - start, receivedAt));
        }
        line++;
        start = i + 1;
      }
    }
    return intake;
  }

  /** What follows a fault in the syntax cannot be read, so then nothing is accepted. */
  private Intake array(
      Body body, Instant receivedAt, BiFunction<JsonNode, Instant, Normalized> parse) {
    Intake intake = new Intake();
    try (JsonParser json = Json.MAPPER.createParser(body.bytes(), 0, body.length())) {
      if (json.nextToken() != JsonToken.START_ARRAY) {
        return one(new Normalized.Rejected(Rejection.of("body", "must be a JSON array", null)));
      }
      while (json.nextToken() != JsonToken.END_ARRAY) {
        limits.checkBatch(intake.size() + 1);
        JsonNode element = json.readValueAsTree();
        intake.add(intake.size() + 1, parse.apply(element, receivedAt));
      }
      return json.nextToken() == null ? intake : broken(intake, "nothing may follow the array");
    } catch (JacksonException e) {
      return broken(intake, e.getOriginalMessage());
    }
  }

  private static Intake broken(Intake read, String fault) {
    Intake nothing = new Intake();
    Rejection rejection = Rejection.of(Rejection.WHOLE, "must be JSON as specified", fault);
    nothing.add(read.size() + 1, new Normalized.Rejected(rejection));
    return nothing;
  }

  private Normalized structured(Body body, Instant receivedAt) {
    try {
      JsonNode event = Json.MAPPER.readTree(body.bytes(), 0, body.length());
      return parser.parseCloudEvent(event, receivedAt);
    } catch (JacksonException e) {
      String text = new String(body.bytes(), 0, body.length(), StandardCharsets.UTF_8);
      return new Normalized.Rejected(JsonFault.notAnObject(text));
    }
  }

  private Normalized binary(HttpServletRequest request, Body body, Instant receivedAt) {
    try {
      CloudEventAttributes attributes =
          CloudEventAttributes.of(
              name -> {
                String value = request.getHeader("ce-" + name);
                return value == null ? null : UriUtils.decode(value, StandardCharsets.UTF_8);
              },
              "ce-");
      return parser.parseCloudEvent(body, attributes, receivedAt);
    } catch (InvalidFieldException e) {
      return new Normalized.Rejected(new Rejection(e.field(), e.rule(), e.value()));
    }
  }

  private static Intake one(Normalized outcome) {
    Intake intake = new Intake();
    intake.add(1, outcome);
    return intake;
  }

  private static boolean startsWithBracket(Body body) {
    int i = 0;
    while (i < body.length() && body.bytes()[i] <= ' ' && body.bytes()[i] >= 0) {
      i++;
    }
    return i < body.length() && body.bytes()[i] == '[';
  }

  private static boolean isBlank(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] > ' ' || bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }
}
