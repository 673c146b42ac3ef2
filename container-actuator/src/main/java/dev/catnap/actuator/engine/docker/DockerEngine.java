package dev.catnap.actuator.engine.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.EventType;
import com.github.dockerjava.api.model.Info;
import dev.catnap.actuator.engine.ContainerEngine;
import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.engine.EngineException;
import dev.catnap.actuator.engine.EngineInfo;
import dev.catnap.actuator.engine.EngineListener;
import dev.catnap.actuator.engine.Limits;
import dev.catnap.actuator.engine.NetworkReading;
import dev.catnap.actuator.engine.Reclaim;
import dev.catnap.actuator.engine.UsageReading;
import dev.catnap.events.ServiceDefinition;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A Docker engine, through docker-java. */
public final class DockerEngine implements ContainerEngine {
  private static final Duration DEFAULT_STOP_GRACE = Duration.ofSeconds(10);
  private static final Duration STREAM_STARTS_WITHIN = Duration.ofSeconds(10);

  private final DockerSettings settings;
  private final DeadlineCalls calls = new DeadlineCalls();
  private final DockerConnection connection;
  private final EngineCalls ensured;
  private final Images images;
  private final Creation creation;
  private final DockerUsage usage;
  private final DockerStorage storage;
  private final FreezeSpacing freezes = new FreezeSpacing();

  /** Of the containers seen last: a call by name need not ask for what the kernel calls it. */
  private final Map<String, String> ids = new ConcurrentHashMap<>();

  public DockerEngine(DockerSettings settings, InstantSource clock) {
    this.settings = settings;
    this.connection = new DockerConnection(settings, calls);
    this.ensured = new EngineCalls(connection, calls, settings.callTimeout());
    this.images = new Images(connection, calls, settings);
    this.creation = new Creation(settings);
    this.usage = new DockerUsage(connection, calls, settings.callTimeout(), clock);
    this.storage = new DockerStorage(connection, ensured);
  }

  @Override
  public EngineInfo info() {
    Info info = ensured.read("info", client -> client.infoCmd().exec());
    return new EngineInfo(
        "docker", String.valueOf(info.getServerVersion()), String.valueOf(info.getName()));
  }

  @Override
  public List<ContainerSnapshot> list() {
    List<ContainerSnapshot> all =
        ensured.read("list", client -> client.listContainersCmd().withShowAll(true).exec()).stream()
            .map(Snapshots::of)
            .toList();
    ids.keySet().retainAll(all.stream().map(ContainerSnapshot::name).toList());
    all.forEach(container -> ids.put(container.name(), container.id()));
    return all;
  }

  @Override
  public ContainerSnapshot inspect(String name) {
    ContainerSnapshot container = ensured.inspect(name);
    if (container.exists()) {
      ids.put(name, container.id());
    }
    return container;
  }

  @Override
  public boolean canCreate(ServiceDefinition definition) {
    return definition.isCreatable();
  }

  @Override
  public void create(ServiceDefinition definition) {
    String image = definition.container().image();
    if (image == null) {
      throw new EngineException(
          EngineException.Kind.REFUSED,
          "service " + definition.name() + " names no image, so its container cannot be created");
    }
    try {
      images.ensure(image);
    } catch (DockerException e) {
      throw Failures.of("inspect image", e);
    }
    String name = definition.containerName();
    ensured.ensure(
        "create",
        name,
        client -> {
          CreateContainerCmd command = client.createContainerCmd(image);
          creation.fill(command, definition).exec();
        },
        ContainerSnapshot::exists);
    joinMoreNetworks(definition);
  }

  private void joinMoreNetworks(ServiceDefinition definition) {
    definition.container().networks().stream()
        .skip(1)
        .forEach(network ->
            ensured.read(
                "connect to network " + network,
                client ->
                    client
                        .connectToNetworkCmd()
                        .withNetworkId(network)
                        .withContainerId(definition.containerName())
                        .exec()));
  }

  @Override
  public void start(String name) {
    ensured.ensure(
        "start",
        name,
        client -> client.startContainerCmd(name).exec(),
        ContainerSnapshot::isRunning);
  }

  @Override
  public void pause(String name) {
    freezes.space(name);
    ensured.ensure(
        "pause",
        name,
        client -> client.pauseContainerCmd(name).exec(),
        ContainerSnapshot::isPaused);
  }

  @Override
  public void unpause(String name) {
    unpause(name, () -> {});
  }

  /** The kernel lets the container run some milliseconds before the engine answers. */
  @Override
  public void unpause(String name, Runnable running) {
    freezes.space(name);
    try (Thaw thaw = Thaw.watch(usage.freezer(ids.get(name)), running)) {
      ensured.ensure(
          "unpause",
          name,
          client -> client.unpauseContainerCmd(name).exec(),
          ContainerSnapshot::isRunning);
      thaw.done();
    }
  }

  @Override
  public void limit(String name, Limits limits) {
    ensured.ensure("limit", name, client -> Limiting.update(client, name, limits), limits::hold);
  }

  @Override
  public void stop(String name, @Nullable Duration grace) {
    Duration longest = grace == null ? DEFAULT_STOP_GRACE : grace;
    ensured.ensure(
        "stop",
        name,
        longest.plus(settings.callTimeout()),
        client -> {
          var command = client.stopContainerCmd(name);
          (grace == null ? command : command.withTimeout((int) grace.toSeconds())).exec();
        },
        ContainerSnapshot::isDown);
  }

  @Override
  public void remove(String name) {
    ensured.ensure(
        "remove",
        name,
        client -> client.removeContainerCmd(name).withForce(true).exec(),
        snapshot -> !snapshot.exists());
  }

  @Override
  public Subscription watch(EngineListener listener) {
    EventStream stream = new EventStream(listener);
    ensured.read(
        "events",
        client ->
            connection
                .streams()
                .eventsCmd()
                .withEventTypeFilter(EventType.CONTAINER)
                .withEventFilter(EventStream.ACTIONS)
                .exec(stream));
    try {
      stream.awaitStarted(
          STREAM_STARTS_WITHIN.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      stream.cancel();
      Thread.currentThread().interrupt();
      throw new EngineException(EngineException.Kind.INTERRUPTED, "watching was interrupted", e);
    }
    return stream::cancel;
  }

  @Override
  public @Nullable UsageReading usage(ContainerSnapshot container) {
    return usage.read(container);
  }

  @Override
  public @Nullable NetworkReading network(ContainerSnapshot container) {
    return usage.network(container);
  }

  @Override
  public Map<String, Long> storage(Duration within) {
    return storage.read(within);
  }

  @Override
  public @Nullable Reclaim reclaim(
      ContainerSnapshot container, long downTo, BooleanSupplier abandoned) {
    return usage.reclaim(container, downTo, abandoned);
  }

  @Override
  public void close() {
    connection.close();
    calls.close();
  }
}
