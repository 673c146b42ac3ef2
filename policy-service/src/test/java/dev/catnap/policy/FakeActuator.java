package dev.catnap.policy;

import dev.catnap.events.Action;
import dev.catnap.events.Command;
import dev.catnap.events.Reason;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import dev.catnap.events.kafka.Records;
import dev.catnap.events.kafka.TopicFollower;
import dev.catnap.events.kafka.Topics;
import dev.catnap.kit.kafka.KafkaClients;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.kafka.core.KafkaOperations;

/** Carries out every command at once, on containers that do not exist. */
public final class FakeActuator implements AutoCloseable {
  private static final Map<Action, RunState> TARGETS =
      Map.of(
          Action.WAKE, RunState.RUNNING,
          Action.SLEEP, RunState.SLEEPING,
          Action.STOP, RunState.STOPPED);

  private final KafkaOperations<String, byte[]> kafka;
  private final TopicFollower<Command> commands;
  private final Map<String, RunState> states = new ConcurrentHashMap<>();

  @SuppressWarnings("unchecked")
  public FakeActuator(PolicyServer policy) {
    kafka = policy.bean(KafkaOperations.class);
    KafkaClients clients = policy.bean(KafkaClients.class);
    commands =
        new TopicFollower<>(
                Topics.COMMANDS,
                () -> clients.consumer("fake-actuator"),
                Instant.now(),
                (record, command) -> carryOut(command))
            .start();
  }

  private void carryOut(Command command) {
    if (command.service().startsWith("dead-")) {
      return;
    }
    boolean broken = command.service().startsWith("broken-");
    publish(
        command.service(),
        broken ? RunState.FAILED : TARGETS.get(command.action()),
        command.reason(),
        command.id());
  }

  /** Announces the state of a service. */
  public FakeActuator announce(String service, RunState state) {
    publish(service, state, Reason.EXTERNAL, null);
    return this;
  }

  private void publish(String service, RunState to, Reason reason, String commandId) {
    RunState from = states.getOrDefault(service, RunState.UNKNOWN);
    states.put(service, to);
    StateChange change =
        new StateChange(
            UUID.randomUUID().toString(),
            service,
            service,
            "host-1",
            from,
            to,
            Instant.now(),
            reason,
            commandId,
            null,
            null,
            null,
            to == RunState.FAILED ? "the engine said no" : null,
            null,
            null,
            null);
    try {
      kafka.send(Records.write(Topics.STATES, change, "/test")).get(10, TimeUnit.SECONDS);
      kafka.send(Records.write(Topics.STATE_CHANGES, change, "/test")).get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    commands.close();
  }
}
