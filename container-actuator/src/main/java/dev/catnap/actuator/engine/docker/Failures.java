package dev.catnap.actuator.engine.docker;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.catnap.actuator.engine.EngineException;
import dev.catnap.actuator.engine.EngineException.Kind;

/** Says in our words what docker-java threw. */
final class Failures {
  private static final int LONGEST = 300;

  private Failures() {}

  static EngineException of(String what, RuntimeException failure) {
    if (failure instanceof EngineException known) {
      return known;
    }
    String message = what + " failed: " + shortened(failure);
    return switch (failure) {
      case NotFoundException e -> new EngineException(Kind.NO_SUCH_CONTAINER, message, e);
      case ConflictException e -> new EngineException(Kind.CONFLICT, message, e);
      case DockerException e -> new EngineException(Kind.REFUSED, message, e);
      default -> new EngineException(Kind.UNREACHABLE, message, failure);
    };
  }

  /** The engine's own words, one line of them. */
  private static String shortened(RuntimeException failure) {
    Throwable cause = failure;
    while (!(cause instanceof DockerException) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String text = String.valueOf(cause.getMessage()).replaceAll("\\s+", " ").strip();
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }
}
