package dev.catnap.testkit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Resolves {@link PostgresServer} parameters as {@link WithPostgres} asks. */
final class PostgresExtension implements ParameterResolver {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == PostgresServer.class;
  }

  @Override
  public PostgresServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return isIsolated(context) ? serverOfClass(context) : PostgresServer.shared();
  }

  private static boolean isIsolated(ExtensionContext context) {
    return AnnotationSupport.findAnnotation(outermostClass(context), WithPostgres.class)
        .map(WithPostgres::isolated)
        .orElse(false);
  }

  private static Class<?> outermostClass(ExtensionContext context) {
    Class<?> type = context.getRequiredTestClass();
    while (!type.isAnnotationPresent(WithPostgres.class) && type.getEnclosingClass() != null) {
      type = type.getEnclosingClass();
    }
    return type;
  }

  /** Kept with the class, whose end closes it. */
  private static PostgresServer serverOfClass(ExtensionContext context) {
    Class<?> owner = outermostClass(context);
    ExtensionContext ofClass = context;
    while (ofClass.getParent().isPresent()
        && ofClass.getParent().get().getTestClass().isPresent()) {
      ofClass = ofClass.getParent().get();
    }
    return ofClass
        .getStore(ExtensionContext.Namespace.create(PostgresExtension.class, owner))
        .computeIfAbsent(
            PostgresServer.class, any -> PostgresServer.privateServer(), PostgresServer.class);
  }
}
