package dev.catnap.testkit;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

final class RequiresProgramCondition implements ExecutionCondition {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return AnnotationSupport.findRepeatableAnnotations(context.getElement(), RequiresProgram.class)
        .stream()
        .filter(required -> Programs.find(required.value()).isEmpty())
        .findFirst()
        .map(required -> Need.missing(context.getUniqueId(), complaint(required)))
        .orElseGet(() -> Need.met("programs present"));
  }

  private static String complaint(RequiresProgram required) {
    String name = required.debianPackage().isEmpty() ? required.value() : required.debianPackage();
    return "There is no program %s: install the Debian package %s."
        .formatted(required.value(), name);
  }
}
