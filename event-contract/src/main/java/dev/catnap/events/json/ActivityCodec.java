package dev.catnap.events.json;

import dev.catnap.events.Activity;
import dev.catnap.events.ActivityKind;
import dev.catnap.events.InvalidFieldException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/** Activity is written by many hands: all but the service may be left out. */
public final class ActivityCodec implements EventCodec<Activity> {
  /** What a sender may write. */
  private record Written(
      @Nullable String service,
      @Nullable Instant at,
      @Nullable ActivityKind kind,
      @Nullable Integer count,
      @Nullable Integer inFlight,
      @Nullable String source,
      @Nullable String id) {}

  @Override
  public byte[] write(Activity event) {
    return Json.MAPPER.writeValueAsBytes(event);
  }

  @Override
  public Activity parse(byte[] json, Envelope envelope) {
    Reader reader = new Reader();
    Written written =
        reader.reads(json, Reader.REQUIRED)
            ? reader.written()
            : Json.MAPPER.readValue(json, Written.class);
    if (written == null || written.service() == null) {
      throw new InvalidFieldException("service", "must be given", null);
    }
    return new Activity(
        written.service(),
        either(written.at(), either(envelope.time(), envelope.receivedAt())),
        either(written.kind(), ActivityKind.REQUEST),
        either(written.count(), 1),
        written.inFlight(),
        written.source() == null ? envelope.source() : written.source(),
        written.id() == null ? envelope.id() : written.id());
  }

  private static <T> T either(@Nullable T said, T otherwise) {
    return said == null ? otherwise : said;
  }

  private static final class Reader extends FieldsReader {
    static final int REQUIRED = 1;

    private static final Map<String, ActivityKind> KINDS =
        Arrays.stream(ActivityKind.values())
            .collect(Collectors.toMap(Object::toString, kind -> kind));

    private String service = "";
    private @Nullable Instant at;
    private @Nullable ActivityKind kind;
    private @Nullable Integer count;
    private @Nullable Integer inFlight;
    private @Nullable String source;
    private @Nullable String id;

    @Override
    void field(String name, JsonParser in) {
      switch (name) {
        case "service" -> {
          first(REQUIRED);
          service = text(in);
        }
        case "at" -> {
          first(1 << 1);
          at = time(in);
        }
        case "kind" -> {
          first(1 << 2);
          kind = kind(in);
        }
        case "count" -> {
          first(1 << 3);
          count = small(in);
        }
        case "inFlight" -> {
          first(1 << 4);
          inFlight = small(in);
        }
        case "source" -> {
          first(1 << 5);
          source = text(in);
        }
        case "id" -> {
          first(1 << 6);
          id = text(in);
        }
        default -> differs();
      }
    }

    private @Nullable ActivityKind kind(JsonParser in) {
      ActivityKind known = KINDS.get(text(in));
      if (known == null) {
        differs();
      }
      return known;
    }

    Written written() {
      return new Written(service, at, kind, count, inFlight, source, id);
    }
  }
}
