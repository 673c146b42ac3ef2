package dev.catnap.actuator.engine.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.engine.EngineException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Calls that end in what should be or in one clear failure.
 *
 * <p>Docker's answers do not say what is: a wrong 409 can follow two quick calls, and each pooled
 * connection fails once after the engine restarted. So whenever a call fails the container is
 * inspected: if it is as it should be, all is well; if the failure was the connection's, the call
 * is tried once more; else the failure stands.
 */
final class EngineCalls {
  private final DockerConnection connection;
  private final DeadlineCalls calls;
  private final Duration within;

  /**
   * @param within for calls that are given no other deadline
   */
  EngineCalls(DockerConnection connection, DeadlineCalls calls, Duration within) {
    this.connection = connection;
    this.calls = calls;
    this.within = within;
  }

  ContainerSnapshot inspect(String name) {
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

  void ensure(
      String what, String name, Consumer<DockerClient> act, Predicate<ContainerSnapshot> isSo) {
    ensure(what, name, within, act, isSo);
  }

  /** Acts, and when that fails looks whether it is so all the same. */
  void ensure(
      String what,
      String name,
      Duration deadline,
      Consumer<DockerClient> act,
      Predicate<ContainerSnapshot> isSo) {
    RuntimeException first = attempt(what, deadline, act);
    if (first == null || isSo.test(inspect(name))) {
      return;
    }
    if (first instanceof DockerException || first instanceof EngineException) {
      throw Failures.of(what + " of " + name, first);
    }
    RuntimeException second = attempt(what, deadline, act);
    if (second != null && !isSo.test(inspect(name))) {
      throw Failures.of(what + " of " + name, second);
    }
  }

  private @Nullable RuntimeException attempt(
      String what, Duration deadline, Consumer<DockerClient> act) {
    try {
      DockerClient client = connection.calls();
      calls.call(
          what,
          deadline,
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
  <T> T read(String what, Function<DockerClient, T> question) {
    return read(what, within, question);
  }

  <T> T read(String what, Duration deadline, Function<DockerClient, T> question) {
    try {
      return ask(what, deadline, question);
    } catch (DockerException | EngineException e) {
      throw Failures.of(what, e);
    } catch (RuntimeException stale) {
      try {
        return ask(what, deadline, question);
      } catch (RuntimeException e) {
        throw Failures.of(what, e);
      }
    }
  }

  private <T> T ask(String what, Duration deadline, Function<DockerClient, T> question) {
    DockerClient client = connection.calls();
    return calls.call(what, deadline, () -> question.apply(client));
  }
}
