package dev.catnap.events.json;

import dev.catnap.events.Activity;
import dev.catnap.events.ActivityKind;
import dev.catnap.events.InvalidFieldException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

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
    Written written = Json.MAPPER.readValue(json, Written.class);
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
}
