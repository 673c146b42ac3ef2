package dev.catnap.policy.idleness.kafka;

import dev.catnap.events.Activity;
import dev.catnap.events.ResourceSample;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.StateChange;
import dev.catnap.policy.idleness.PolicyEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A record of one of the source topics, as far as it could be read. */
sealed interface Incoming {
  /** Belongs to the partition it is on. */
  record Readable(Event event) implements Incoming {}

  /** Belongs to another partition: its key is not its service, or its writer hashes otherwise. */
  record Misrouted(byte @Nullable [] value) implements Incoming {}

  /** Goes to the dead letters of its topic. */
  record Unreadable(String topic, byte @Nullable [] value) implements Incoming {}

  /** What a readable record says. */
  sealed interface Event {
    PolicyEvent at(Instant now);
  }

  record Use(Activity activity) implements Event {
    @Override
    public PolicyEvent at(Instant now) {
      return new PolicyEvent.Used(activity, now);
    }
  }

  record Change(StateChange change) implements Event {
    @Override
    public PolicyEvent at(Instant now) {
      return new PolicyEvent.Changed(change, now);
    }
  }

  record Sample(ResourceSample sample) implements Event {
    @Override
    public PolicyEvent at(Instant now) {
      return new PolicyEvent.Measured(sample, now);
    }
  }

  record Gone(String container, Instant asOf) implements Event {
    @Override
    public PolicyEvent at(Instant now) {
      return new PolicyEvent.Gone(container, asOf, now);
    }
  }

  record Definition(@Nullable ServiceDefinition definition) implements Event {
    @Override
    public PolicyEvent at(Instant now) {
      return new PolicyEvent.Defined(definition, now);
    }
  }
}
