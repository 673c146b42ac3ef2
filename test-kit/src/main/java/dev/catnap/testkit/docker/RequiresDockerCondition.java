package dev.catnap.testkit.docker;

import dev.catnap.testkit.Need;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

final class RequiresDockerCondition implements ExecutionCondition {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    DockerEngine engine = DockerEngine.get();
    return engine.isAvailable()
        ? Need.met("Docker engine with API " + engine.apiVersion())
        : Need.missing(
            context.getUniqueId(),
            engine.complaint()
                + " Install the Debian package docker.io and start dockerd, or set DOCKER_HOST.");
  }
}
