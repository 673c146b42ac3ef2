package dev.catnap.metrics.fold;

import dev.catnap.events.ResourceSample;
import dev.catnap.events.StateChange;
import dev.catnap.metrics.usage.RecordedActivity;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** What can be folded. */
public sealed interface Event {
  String service();

  Instant at();

  /** The day (UTC) that it belongs to. */
  default LocalDate day() {
    return LocalDate.ofInstant(at(), ZoneOffset.UTC);
  }

  record Changed(StateChange change) implements Event {
    @Override
    public String service() {
      return change.service();
    }

    @Override
    public Instant at() {
      return change.at();
    }
  }

  record Sampled(ResourceSample sample) implements Event {
    @Override
    public String service() {
      return sample.service();
    }

    @Override
    public Instant at() {
      return sample.at();
    }
  }

  record Used(RecordedActivity activity) implements Event {
    @Override
    public String service() {
      return activity.activity().service();
    }

    @Override
    public Instant at() {
      return activity.activity().at();
    }
  }
}
