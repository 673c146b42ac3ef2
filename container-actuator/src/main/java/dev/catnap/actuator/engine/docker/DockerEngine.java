package dev.catnap.actuator.engine.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.EventType;
import com.github.dockerjava.api.model.Info;
import dev.catnap.actuator.engine.ContainerEngine;
import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.engine.EngineException;
import dev.catnap.actuator.engine.EngineInfo;
import dev.catnap.actuator.engine.EngineListener;
import dev.catnap.actuator.engine.UsageReading;
import dev.catnap.events.ServiceDefinition;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A Docker engine, through docker-java.
 *
 * <p>Docker's answers do not say what is: a wrong 409 can follow two quick calls, and each pooled
 * connection fails once after the engine restarted. So whenever a call fails the container is
 * inspected: if it is as it should be, all is well; if the failure was the connection's, the call
 * is tried once more; else the failure stands.
 */
public final class DockerEngine implements ContainerEngine {
  private static final Duration DEFAULT_STOP_GRACE = Duration.ofSeconds(10);
  private static final Duration STREAM_STARTS_WITHIN = Duration.ofSeconds(10);

  private final DockerSettings settings;
  private final DeadlineCalls calls = new DeadlineCalls();
  private final DockerConnection connection;
  private final Images images;
  private final Creation creation;
  private final DockerUsage usage;
  private final FreezeSpacing freezes = new FreezeSpacing();

  public DockerEngine(DockerSettings settings, InstantSource clock) {
    this.settings = settings;
    this.connection = new DockerConnection(settings, calls);
    this.images = new Images(connection, calls, settings);
    this.creation = new Creation(settings);
    this.usage = new DockerUsage(connection, calls, settings.callTimeout(), clock);
  }

  @Override
  public EngineInfo info() {
    Info info = read("info", client -> client.infoCmd().exec());
    return new EngineInfo(
        "docker", String.valueOf(info.getServerVersion()), String.valueOf(info.getName()));
  }

  @Override
  public List<ContainerSnapshot> list() {
    return read("list", client -> client.listContainersCmd().withShowAll(true).exec()).stream()
        .map(Snapshots::of)
        .toList();
  }

  @Override
  public ContainerSnapshot inspect(String name) {
    return read(
        "inspect",
        client -> {
          try {
            return Snapshots.of(client.inspectContainerCmd(name).exec());
          } catch (NotFoundException e) {
            return ContainerSnapshot.absent(name);
          }
        });
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
    guarded("inspect image", () -> images.ensure(image));
    String name = definition.containerName();
    ensure(
        "create",
        name,
        settings.callTimeout(),
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
            read(
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
    ensure(
        "start",
        name,
        settings.callTimeout(),
        client -> client.startContainerCmd(name).exec(),
        ContainerSnapshot::isRunning);
  }

  @Override
  public void pause(String name) {
    freezes.space(name);
    ensure(
        "pause",
        name,
        settings.callTimeout(),
        client -> client.pauseContainerCmd(name).exec(),
        ContainerSnapshot::isPaused);
  }

  @Override
  public void unpause(String name) {
    freezes.space(name);
    ensure(
        "unpause",
        name,
        settings.callTimeout(),
        client -> client.unpauseContainerCmd(name).exec(),
        ContainerSnapshot::isRunning);
  }

  @Override
  public void stop(String name, @Nullable Duration grace) {
    Duration longest = grace == null ? DEFAULT_STOP_GRACE : grace;
    ensure(
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
    ensure(
        "remove",
        name,
        settings.callTimeout(),
        client -> client.removeContainerCmd(name).withForce(true).exec(),
        snapshot -> !snapshot.exists());
  }

  @Override
  public Subscription watch(EngineListener listener) {
    EventStream stream = new EventStream(listener);
    read(
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

  private void ensure(
      String what,
      String name,
      Duration within,
      Consumer<DockerClient> act,
      Predicate<ContainerSnapshot> isSo) {
    RuntimeException first = attempt(what, within, act);
    if (first == null || isSo.test(inspect(name))) {
      return;
    }
    if (first instanceof DockerException || first instanceof EngineException) {
      throw Failures.of(what + " of " + name, first);
    }
    RuntimeException second = attempt(what, within, act);
    if (second != null && !isSo.test(inspect(name))) {
      throw Failures.of(what + " of " + name, second);
    }
  }

  private @Nullable RuntimeException attempt(
      String what, Duration within, Consumer<DockerClient> act) {
    try {
      DockerClient client = connection.calls();
      calls.call(
          what,
          within,
          () -> {
            act.accept(client);
            return true;
          });
      return null;
    } catch (NotModifiedException e) {
      return null;
    } catch (RuntimeException e) {
      return e;
    }
  }

  /** Reading twice does no harm: a stale connection gets a second chance. */
  private <T> T read(String what, Function<DockerClient, T> question) {
    try {
      return ask(what, question);
    } catch (DockerException | EngineException e) {
      throw Failures.of(what, e);
    } catch (RuntimeException stale) {
      try {
        return ask(what, question);
      } catch (RuntimeException e) {
        throw Failures.of(what, e);
      }
    }
  }

  private <T> T ask(String what, Function<DockerClient, T> question) {
    DockerClient client = connection.calls();
    return calls.call(what, settings.callTimeout(), () -> question.apply(client));
  }

  private static void guarded(String what, Runnable act) {
    try {
      act.run();
    } catch (RuntimeException e) {
      throw Failures.of(what, e);
    }
  }

  @Override
  public void close() {
    connection.close();
    calls.close();
  }
}
