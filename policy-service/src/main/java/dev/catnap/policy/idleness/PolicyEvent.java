package dev.catnap.policy.idleness;

import dev.catnap.events.Activity;
import dev.catnap.events.Command;
import dev.catnap.events.ResourceSample;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.StateChange;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happens to a service as far as the policy cares; each brings the time it is handled at. */
public sealed interface PolicyEvent {
  /** The wall clock where the event is handled; the only clock there is. */
  Instant now();

  /** It was used. */
  record Used(Activity activity, Instant now) implements PolicyEvent {}

  /** One of its containers changed. */
  record Changed(StateChange change, Instant now) implements PolicyEvent {}

  /** One of its containers was measured. */
  record Measured(ResourceSample sample, Instant now) implements PolicyEvent {}

  /**
   * It was defined anew.
   *
   * @param definition null: removed
   */
  record Defined(@Nullable ServiceDefinition definition, Instant now) implements PolicyEvent {}

  /**
   * One of its containers is gone for good.
   *
   * @param asOf what changed after that is another container of the same name
   */
  record Gone(String container, Instant asOf, Instant now) implements PolicyEvent {}

  /** Something may be due. */
  record Ticked(Instant now) implements PolicyEvent {}

  /** The policy commanded it. */
  record Commanded(Command command, Issued issued, LastDecision decision, Instant now)
      implements PolicyEvent {}
}
