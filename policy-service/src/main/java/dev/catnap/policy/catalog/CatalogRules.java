package dev.catnap.policy.catalog;

import dev.catnap.events.InvalidFieldException;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.policy.schedule.Schedule;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What must hold for a definition beyond its own fields. */
public final class CatalogRules {
  private CatalogRules() {}

  /**
   * @param known the definitions that stand, by name
   * @throws InvalidFieldException when its schedule cannot be read, or it would need itself
   */
  public static ServiceDefinition check(
      ServiceDefinition definition, Function<String, @Nullable ServiceDefinition> known) {
    Schedule.parse(definition.sleepPolicy().schedule());
    List<String> circle =
        Dependencies.circle(
            definition.name(),
            name -> {
              ServiceDefinition one =
                  name.equals(definition.name()) ? definition : known.apply(name);
              return one == null ? List.of() : one.dependsOn();
            });
    if (!circle.isEmpty()) {
      throw new InvalidFieldException(
          "depends_on", "must not lead back to the service itself", String.join(" -> ", circle));
    }
    return definition;
  }
}
