package dev.catnap.ingest.activity.http;

import dev.catnap.events.InvalidFieldException;
import dev.catnap.events.json.Json;
import dev.catnap.ingest.activity.ActivityReport;
import dev.catnap.ingest.activity.Normalized;
import dev.catnap.ingest.activity.Normalizer;
import dev.catnap.ingest.activity.Rejection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/** One report: from JSON to accepted or rejected. Unknown fields are passed over. */
final class ReportParser {
  private static final ObjectReader READER = Json.MAPPER.readerFor(ActivityReport.class);
  private static final int SHOWN = 200;

  private final Normalizer normalizer;

  ReportParser(Normalizer normalizer) {
    this.normalizer = normalizer;
  }

  Normalized parse(byte[] bytes, int from, int length, Instant receivedAt) {
    try {
      return normalize(READER.readValue(bytes, from, length), receivedAt);
    } catch (JacksonException e) {
      return new Normalized.Rejected(JsonFault.explain(e, shown(bytes, from, length)));
    }
  }

  Normalized parse(JsonNode report, Instant receivedAt) {
    try {
      return normalize(READER.readValue(report), receivedAt);
    } catch (JacksonException e) {
      return new Normalized.Rejected(JsonFault.explain(e, report.toString()));
    }
  }

  /** A CloudEvent in structured mode. */
  Normalized parseCloudEvent(JsonNode event, Instant receivedAt) {
    try {
      CloudEventAttributes attributes = CloudEventAttributes.of(name -> text(event.get(name)), "");
      ActivityReport report = READER.readValue(data(event));
      return normalize(report == null ? null : attributes.complete(report), receivedAt);
    } catch (InvalidFieldException e) {
      return new Normalized.Rejected(new Rejection(e.field(), e.rule(), e.value()));
    } catch (JacksonException e) {
      return new Normalized.Rejected(JsonFault.explain(e, event.toString()));
    }
  }

  /** A CloudEvent in binary mode: the body is the data. */
  Normalized parseCloudEvent(Body body, CloudEventAttributes attributes, Instant receivedAt) {
    try {
      ActivityReport report = READER.readValue(body.bytes(), 0, body.length());
      return normalize(report == null ? null : attributes.complete(report), receivedAt);
    } catch (JacksonException e) {
      String shown = shown(body.bytes(), 0, body.length());
      return new Normalized.Rejected(JsonFault.explain(e, shown));
    }
  }

  private Normalized normalize(@Nullable ActivityReport report, Instant receivedAt) {
    return report == null
        ? new Normalized.Rejected(JsonFault.notAnObject("null"))
        : normalizer.normalize(report, receivedAt);
  }

  private static JsonNode data(JsonNode event) {
    JsonNode data = event.get("data");
    JsonNode encoded = event.get("data_base64");
    if (encoded != null && encoded.isString()) {
      return Json.MAPPER.readTree(encoded.binaryValue());
    }
    if (data == null || data.isNull()) {
      throw new InvalidFieldException("data", "must be given in a CloudEvent", null);
    }
    return data;
  }

  private static @Nullable String text(@Nullable JsonNode node) {
    return node == null || node.isNull() ? null : node.asString();
  }

  private static String shown(byte[] bytes, int from, int length) {
    return new String(bytes, from, Math.min(length, SHOWN), StandardCharsets.UTF_8);
  }
}
