package dev.catnap.testkit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Resolves {@link KafkaServer} parameters as {@link WithKafka} asks. */
final class KafkaExtension implements ParameterResolver {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == KafkaServer.class;
  }

  @Override
  public KafkaServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return isIsolated(context) ? serverOfClass(context) : KafkaServer.shared();
  }

  private static boolean isIsolated(ExtensionContext context) {
    return AnnotationSupport.findAnnotation(outermostClass(context), WithKafka.class)
        .map(WithKafka::isolated)
        .orElse(false);
  }

  private static Class<?> outermostClass(ExtensionContext context) {
    Class<?> type = context.getRequiredTestClass();
    while (!type.isAnnotationPresent(WithKafka.class) && type.getEnclosingClass() != null) {
      type = type.getEnclosingClass();
    }
    return type;
  }

  /** Kept with the class, whose end closes it. */
  private static KafkaServer serverOfClass(ExtensionContext context) {
    Class<?> owner = outermostClass(context);
    ExtensionContext ofClass = context;
    while (ofClass.getParent().isPresent()
        && ofClass.getParent().get().getTestClass().isPresent()) {
      ofClass = ofClass.getParent().get();
    }
    return ofClass
        .getStore(ExtensionContext.Namespace.create(KafkaExtension.class, owner))
        .computeIfAbsent(KafkaServer.class, any -> KafkaServer.privateServer(), KafkaServer.class);
  }
}
