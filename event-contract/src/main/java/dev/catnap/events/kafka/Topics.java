package dev.catnap.events.kafka;

import dev.catnap.events.Activity;
import dev.catnap.events.Command;
import dev.catnap.events.ResourceSample;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.StateChange;
import dev.catnap.events.json.ActivityCodec;
import dev.catnap.events.json.EventCodec;
import dev.catnap.events.json.ResourceSampleCodec;
import dev.catnap.events.json.ServiceDefinitionCodec;
import java.time.Duration;
import java.util.List;

/**
 * The topics of Catnap.
 *
 * <p>All but {@code catnap.states} are keyed by service name and have the same number of
 * partitions, so that everything about a service meets in one place and in order. State changes are
 * history itself and small, so they are kept for ever; what is many is kept as long as a rebuild is
 * likely to want it.
 */
public final class Topics {
  /** Many records; the tables hold their sums for longer. */
  public static final Topic<Activity> ACTIVITY =
      new Topic<>(
          "catnap.activity",
          "dev.catnap.activity",
          new ActivityCodec(),
          Activity::service,
          Activity::id,
          Activity::at,
          Duration.ofDays(30),
          false);

  public static final Topic<Command> COMMANDS =
      new Topic<>(
          "catnap.commands",
          "dev.catnap.command",
          EventCodec.ofFields(Command.class),
          Command::service,
          Command::id,
          Command::at,
          Duration.ofDays(90),
          false);

  public static final Topic<StateChange> STATE_CHANGES =
      new Topic<>(
          "catnap.state-changes",
          "dev.catnap.state-change",
          EventCodec.ofFields(StateChange.class),
          StateChange::service,
          StateChange::id,
          StateChange::at,
          null,
          false);

  public static final Topic<ResourceSample> RESOURCE_SAMPLES =
      new Topic<>(
          "catnap.resource-samples",
          "dev.catnap.resource-sample",
          new ResourceSampleCodec(),
          ResourceSample::service,
          sample -> null,
          ResourceSample::at,
          Duration.ofDays(30),
          false);

  public static final Topic<ServiceDefinition> SERVICES =
      new Topic<>(
          "catnap.services",
          "dev.catnap.service-definition",
          new ServiceDefinitionCodec(),
          ServiceDefinition::name,
          definition -> null,
          ServiceDefinition::definedAt,
          null,
          true);

  /**
   * The newest state change of each container, keyed {@code service/container}: what a part that
   * starts needs to know at once, without reading the whole history. Written by the actuator beside
   * {@link #STATE_CHANGES}; null once the container is gone for good.
   */
  public static final Topic<StateChange> STATES =
      new Topic<>(
          "catnap.states",
          "dev.catnap.state",
          EventCodec.ofFields(StateChange.class),
          StateChange::containerKey,
          StateChange::id,
          StateChange::at,
          null,
          true);

  public static final List<Topic<?>> ALL =
      List.of(ACTIVITY, COMMANDS, STATE_CHANGES, RESOURCE_SAMPLES, SERVICES, STATES);

  /** How long an unreadable record waits for somebody to look at it. */
  public static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(30);

  private Topics() {}
}
