package dev.catnap.actuator;

import dev.catnap.actuator.discovery.Inventory;
import dev.catnap.actuator.discovery.Ownership;
import dev.catnap.actuator.discovery.http.ContainerController;
import dev.catnap.actuator.discovery.kafka.DefinitionPublisher;
import dev.catnap.actuator.discovery.watch.EngineWatcher;
import dev.catnap.actuator.engine.ContainerEngine;
import dev.catnap.actuator.engine.docker.DockerEngine;
import dev.catnap.actuator.engine.memory.MemoryEngine;
import dev.catnap.actuator.engine.process.ProcessEngine;
import dev.catnap.actuator.sampling.kafka.ResourceSampler;
import dev.catnap.actuator.sampling.survey.StorageSurvey;
import dev.catnap.actuator.transition.AuditTrail;
import dev.catnap.actuator.transition.StateJournal;
import dev.catnap.actuator.transition.execution.CommandExecutor;
import dev.catnap.actuator.transition.http.AuditController;
import dev.catnap.actuator.transition.kafka.CommandListener;
import dev.catnap.actuator.transition.kafka.KafkaStateLog;
import dev.catnap.actuator.transition.tracing.CommandTraces;
import dev.catnap.actuator.transition.tracing.TracedEngine;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.StateChange;
import dev.catnap.events.kafka.CompactedView;
import dev.catnap.events.kafka.TopicFollower;
import dev.catnap.events.kafka.Topics;
import dev.catnap.kit.health.SystemPart;
import dev.catnap.kit.kafka.DeadLetters;
import dev.catnap.kit.kafka.KafkaClients;
import dev.catnap.kit.tracing.Traces;
import dev.catnap.kit.tracing.WakeStage;
import dev.catnap.kit.tracing.WakeStageTimers;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaTemplate;

/** All beans of container-actuator. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ContainerActuatorSettings.class)
public class ContainerActuatorConfiguration {
  static final String SERVICE = "container-actuator";

  @Bean(destroyMethod = "close")
  ContainerEngine containerEngine(
      ContainerActuatorSettings settings, Traces traces, CommandTraces commands, Clock clock) {
    ContainerEngine engine = engine(settings, clock);
    return traces.isOn() ? new TracedEngine(engine, commands) : engine;
  }

  private static ContainerEngine engine(ContainerActuatorSettings settings, Clock clock) {
    return switch (settings.runtime()) {
      case DOCKER -> new DockerEngine(settings.docker(), clock);
      case PROCESS -> new ProcessEngine(settings.processDirectory(), clock);
      case MEMORY -> new MemoryEngine(clock);
    };
  }

  @Bean
  CommandTraces actuatorCommandTraces(Traces traces, MeterRegistry meters, Clock clock) {
    WakeStageTimers timers =
        new WakeStageTimers(meters, WakeStage.RECEIVED, WakeStage.ENGINE, WakeStage.READY);
    return new CommandTraces(traces, timers, clock);
  }

  @Bean
  Inventory actuatorInventory(ContainerActuatorSettings settings, ContainerEngine engine) {
    return new Inventory(
        new Ownership(settings.requiredLabels()), settings.createUnassigned(), engine::canCreate);
  }

  @Bean
  StateJournal actuatorStateJournal(
      KafkaTemplate<String, byte[]> kafka, MeterRegistry meters, CommandTraces traces) {
    return new StateJournal(new KafkaStateLog(kafka, meters, traces));
  }

  @Bean
  AuditTrail actuatorAuditTrail(MeterRegistry meters) {
    return new AuditTrail(new AuditLog(meters));
  }

  @Bean
  ActuatorHost actuatorHost() {
    return new ActuatorHost();
  }

  @Bean(destroyMethod = "")
  CommandExecutor actuatorCommandExecutor(
      ContainerEngine engine,
      Inventory inventory,
      StateJournal journal,
      AuditTrail audit,
      ContainerActuatorSettings settings,
      Clock clock,
      ActuatorHost host) {
    return new CommandExecutor(
        engine, inventory, journal, audit, settings.execution(), clock, host::name);
  }

  @Bean(destroyMethod = "")
  StorageSurvey actuatorStorageSurvey(
      ContainerEngine engine, ContainerActuatorSettings settings, Clock clock) {
    return new StorageSurvey(engine, clock, settings.storageInterval(), settings.storageTimeout());
  }

  @Bean(destroyMethod = "")
  ResourceSampler actuatorResourceSampler(
      ContainerEngine engine,
      Inventory inventory,
      StateJournal journal,
      KafkaTemplate<String, byte[]> kafka,
      MeterRegistry meters,
      ActuatorHost host,
      StorageSurvey storage) {
    return new ResourceSampler(
        engine, inventory, journal, kafka, meters, host::name, storage::latest);
  }

  @Bean
  ActuatorLifecycle actuatorLifecycle(
      ContainerEngine engine,
      Inventory inventory,
      StateJournal journal,
      CommandExecutor executor,
      ResourceSampler sampler,
      StorageSurvey storage,
      ContainerActuatorSettings settings,
      KafkaTemplate<String, byte[]> kafka,
      KafkaClients clients,
      DeadLetters deadLetters,
      CommandTraces traces,
      ActuatorHost host,
      Clock clock) {
    CompactedView<ServiceDefinition> definitions =
        new CompactedView<>(Topics.SERVICES, () -> clients.consumer(SERVICE + "-services"));
    CompactedView<StateChange> states =
        new CompactedView<>(Topics.STATES, () -> clients.unhurriedConsumer(SERVICE + "-states"));
    return new ActuatorLifecycle(
        new ActuatorLifecycle.Parts(
            definitions,
            states,
            history(clients, executor, clock.instant().minus(settings.restartWindow())),
            inventory,
            journal,
            executor,
            sampler,
            settings.sampleInterval(),
            storage),
        (gate, whenFirstCompared) ->
            new EngineWatcher(
                engine,
                new EngineWatcher.Parts(
                    inventory,
                    journal,
                    executor,
                    new DefinitionPublisher(kafka, definitions::get),
                    settings.withdrawAfter(),
                    clock,
                    gate),
                settings.compareInterval(),
                settings.host(),
                name -> {
                  host.is(name);
                  whenFirstCompared.accept(name);
                }),
        name ->
            new CommandListener(
                () -> commands(clients, name),
                executor::submit,
                executor::recognise,
                deadLetters,
                traces,
                clock,
                settings.wakeMaxAge()));
  }

  private static TopicFollower<StateChange> history(
      KafkaClients clients, CommandExecutor executor, Instant since) {
    return new TopicFollower<>(
        Topics.STATE_CHANGES,
        () -> clients.consumer(SERVICE + "-history"),
        since,
        (record, change) -> {
          if (change != null) {
            executor.recovery().recall(change);
          }
        });
  }

  /**
   * A group for each host, so that every actuator reads all commands. As a static member it takes
   * up its partitions at once after a crash.
   */
  private static Consumer<String, byte[]> commands(KafkaClients clients, String host) {
    String name = SERVICE + "-" + host;
    Map<String, Object> config = new HashMap<>(clients.consumerConfig(name, name));
    config.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, name);
    return new KafkaConsumer<>(config);
  }

  @Bean
  ContainerController containerController(
      Inventory inventory, StateJournal journal, ContainerEngine engine, ActuatorHost host) {
    return new ContainerController(inventory, journal, engine, host::name);
  }

  @Bean
  AuditController containerAuditController(AuditTrail audit) {
    return new AuditController(audit);
  }

  @Bean
  SystemPart containerActuatorPart(ActuatorLifecycle lifecycle) {
    return ActuatorHealth.service(lifecycle);
  }

  @Bean
  SystemPart containerEnginePart(
      ActuatorLifecycle lifecycle, Inventory inventory, ContainerActuatorSettings settings) {
    return ActuatorHealth.engine(lifecycle, inventory, settings);
  }
}
