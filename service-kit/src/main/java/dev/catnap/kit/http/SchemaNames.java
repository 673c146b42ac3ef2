package dev.catnap.kit.http;

import io.swagger.v3.core.jackson.TypeNameResolver;

/**
 * Names of schemas in the OpenAPI document. A nested type has its outer type's name before its own:
 * several endpoints have an {@code Answer}, and by its own name alone the last one described would
 * stand for all of them.
 *
 * <pre>
 * ResourcesEndpoint.Answer    ResourcesAnswer
 * TrendAnswer.Point           TrendAnswerPoint
 * </pre>
 */
final class SchemaNames extends TypeNameResolver {
  private static final String ENDPOINT = "(Endpoint|Controller)$";

  @Override
  protected String getNameOfClass(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return outer == null || type.getName().startsWith("java.")
        ? super.getNameOfClass(type)
        : getNameOfClass(outer).replaceFirst(ENDPOINT, "") + type.getSimpleName();
  }
}
