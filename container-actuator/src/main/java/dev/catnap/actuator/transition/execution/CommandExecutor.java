package dev.catnap.actuator.transition.execution;

import dev.catnap.actuator.engine.ContainerEngine;
import dev.catnap.actuator.engine.EngineException;
import dev.catnap.actuator.transition.Admission;
import dev.catnap.actuator.transition.AuditTrail;
import dev.catnap.actuator.transition.Changes;
import dev.catnap.actuator.transition.Outcome;
import dev.catnap.actuator.transition.ServiceContainers;
import dev.catnap.actuator.transition.ServiceContainers.Found;
import dev.catnap.actuator.transition.StateJournal;
import dev.catnap.events.Action;
import dev.catnap.events.Command;
import dev.catnap.events.RunState;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** Takes commands and carries them out, each service's one after the other. */
public final class CommandExecutor {
  private final Workbench bench;
  private final Admission admission;
  private final ServiceLanes lanes;
  private final Supplier<String> host;
  private final Recovery recovery;
  private final Wake wake;
  private final Reclaimer reclaimer;
  private final LookAfter lookAfter;
  private final UnfinishedStops unfinishedStops;
  private final Descent descent;

  public CommandExecutor(
      ContainerEngine engine,
      ServiceContainers containers,
      StateJournal journal,
      AuditTrail audit,
      ExecutionSettings settings,
      InstantSource clock,
      Supplier<String> host) {
    this.bench =
        new Workbench(
            engine,
            containers,
            journal,
            audit,
            new EnginePermits(settings.concurrency()),
            settings,
            clock);
    this.admission = new Admission(settings.wakeMaxAge(), settings.otherMaxAge());
    this.host = host;
    this.wake = new Wake(bench);
    this.reclaimer = new Reclaimer(engine, settings.reclaim(), settings.reclaimTimeout());
    this.lookAfter = new LookAfter(bench);
    this.descent = new Descent(bench, reclaimer, lookAfter);
    this.lanes = new ServiceLanes(this::carryOut);
    this.unfinishedStops = new UnfinishedStops(bench, clock.instant());
    this.recovery = new Recovery(bench, settings.restarts().limit(), lanes, host);
  }

  /** The queues of the services; what the engine tells goes through them too. */
  public ServiceLanes lanes() {
    return lanes;
  }

  /** Starts again what dies while it should run. */
  public Recovery recovery() {
    return recovery;
  }

  /** Looks at sleepers again, for who came too late to be seen before the pause. */
  public LookAfter lookAfter() {
    return lookAfter;
  }

  /** Stops that were announced and whose end was not told. */
  public UnfinishedStops unfinishedStops() {
    return unfinishedStops;
  }

  /** Takes a command and returns at once. To be called by one thread, in the order of the log. */
  public void submit(ReceivedCommand received) {
    Outcome refusal = admission.refuse(received.command(), bench.clock().instant());
    if (refusal != null) {
      end(received, refusal, null);
      return;
    }
    switch (bench.containers().find(received.command().service())) {
      case Found.Here here -> queue(received);
      case Found.Elsewhere elsewhere -> end(received, Outcome.ELSEWHERE, null);
      case Found.Stranger stranger ->
          end(
              received,
              Outcome.REFUSED,
              "no container is labelled with this service and no definition names it");
    }
  }

  /** Takes note of a command that was carried out before a restart. By the thread that submits. */
  public void recognise(Command command) {
    admission.recognise(command);
  }

  private void queue(ReceivedCommand received) {
    if (received.command().action() == Action.WAKE) {
      recovery.reset(received.command().service());
    }
    ReceivedCommand superseded = lanes.lane(received.command().service()).submit(received);
    if (superseded != null) {
      end(superseded, Outcome.SUPERSEDED, "by command " + received.command().id());
    }
  }

  private void end(
      ReceivedCommand received, Outcome outcome, @org.jspecify.annotations.Nullable String detail) {
    if (outcome != Outcome.ELSEWHERE) {
      bench.audit(transition(received, List.of()), null, null, outcome, detail);
    }
    received.done().run();
  }

  private Transition transition(ReceivedCommand received, List<String> containers) {
    var definition =
        dev.catnap.events.ServiceDefinition.adopted(
            received.command().service(), received.receivedAt());
    return new Transition(
        received.command(),
        received.receivedAt(),
        new Found.Here(definition, containers),
        host.get(),
        lanes.lane(received.command().service()));
  }

  /** A command that our own end interrupts is not done: the next run reads it again. */
  private void carryOut(ReceivedCommand received, ServiceLane lane) {
    CurrentCommand.begin(received.command().id());
    try {
      if (bench.containers().find(received.command().service()) instanceof Found.Here here) {
        carryOut(new Transition(received.command(), received.receivedAt(), here, host.get(), lane));
      }
      received.done().run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      received.done().run();
      throw e;
    } finally {
      CurrentCommand.end();
    }
  }

  private void carryOut(Transition transition) throws InterruptedException {
    try {
      unfinishedStops.finish(transition);
      if (transition.command().action() == Action.WAKE) {
        wake.run(transition);
      } else {
        descent.run(transition);
      }
    } catch (EngineException e) {
      if (e.kind() == EngineException.Kind.INTERRUPTED) {
        throw new InterruptedException(e.reason());
      }
      failed(transition, e);
    }
  }

  /** Before anything could be planned. A wake must be answered; a descent just did not happen. */
  private void failed(Transition transition, EngineException e) {
    for (String container : transition.service().containers()) {
      if (transition.command().action() == Action.WAKE) {
        RunState from = bench.journal().state(transition.command().service(), container);
        bench
            .journal()
            .publish(
                Changes.with(
                    transition.change(container, from, RunState.FAILED, bench.clock().instant()),
                    null,
                    e.reason(),
                    null));
      }
      bench.audit(transition, container, null, Outcome.FAILED, e.reason());
    }
  }

  /** Lets nothing new begin and ends what waits. */
  public void close() {
    recovery.close();
    lookAfter.close();
    lanes.close();
    reclaimer.close();
  }
}
