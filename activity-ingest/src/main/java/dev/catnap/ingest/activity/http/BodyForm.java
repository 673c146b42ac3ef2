package dev.catnap.ingest.activity.http;

import dev.catnap.kit.http.ProblemException;
import dev.catnap.kit.http.Violation;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** The forms in which activity may come. */
enum BodyForm {
  /** One object or an array of objects. */
  JSON,
  /** An object a line. */
  LINES,
  /** One CloudEvent, its attributes in {@code ce-} headers, its data the body. */
  CLOUD_EVENT_BINARY,
  /** One CloudEvent as JSON. */
  CLOUD_EVENT,
  /** An array of CloudEvents as JSON. */
  CLOUD_EVENT_BATCH;

  private static final String KNOWN =
      "must be application/json, application/x-ndjson, application/cloudevents+json or"
          + " application/cloudevents-batch+json";

  static BodyForm of(HttpServletRequest request) {
    String encoding = request.getHeader("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw unsupported(
          "Content-Encoding", "must be absent: bodies are read as they are", encoding);
    }
    String type = mediaType(request.getContentType());
    boolean binaryEvent = request.getHeader("ce-specversion") != null;
    return switch (type) {
      case "application/json", "" -> binaryEvent ? CLOUD_EVENT_BINARY : JSON;
      case "application/x-ndjson", "application/ndjson", "application/jsonl" -> LINES;
      case "application/cloudevents+json" -> CLOUD_EVENT;
      case "application/cloudevents-batch+json" -> CLOUD_EVENT_BATCH;
      default -> throw unsupported("Content-Type", KNOWN, type);
    };
  }

  private static String mediaType(@Nullable String contentType) {
    if (contentType == null) {
      return "";
    }
    int parameters = contentType.indexOf(';');
    String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
    return type.strip().toLowerCase(Locale.ROOT);
  }

  private static ProblemException unsupported(String header, String rule, String value) {
    return ProblemException.of(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            "unsupported-media-type",
            "Unsupported media type",
            header + " " + rule + ", but it is '" + value + "'.")
        .with(new Violation(header, rule, value));
  }
}
