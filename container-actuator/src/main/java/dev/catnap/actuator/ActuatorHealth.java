package dev.catnap.actuator;

import dev.catnap.actuator.discovery.Inventory;
import dev.catnap.actuator.discovery.watch.EngineStatus;
import dev.catnap.actuator.engine.EngineInfo;
import dev.catnap.kit.health.SystemPart;
import dev.catnap.kit.health.SystemPart.Condition;
import dev.catnap.kit.health.SystemPart.Kind;
import dev.catnap.kit.health.SystemPart.Report;
import java.util.Locale;

/** How the actuator and its engine are. */
final class ActuatorHealth {
  private ActuatorHealth() {}

  static SystemPart service(ActuatorLifecycle lifecycle) {
    return SystemPart.of(
        ContainerActuatorConfiguration.SERVICE,
        Kind.SERVICE,
        () -> {
          if (!lifecycle.isRunning()) {
            return Report.down("not started");
          }
          return lifecycle.isCarryingOut()
              ? Report.up()
              : Report.degraded("commands wait: " + lifecycle.waitsFor());
        });
  }

  static SystemPart engine(
      ActuatorLifecycle lifecycle, Inventory inventory, ContainerActuatorSettings settings) {
    return SystemPart.of(
        settings.runtime().name().toLowerCase(Locale.ROOT),
        Kind.ENGINE,
        () -> report(lifecycle.watcher().status(), inventory, settings));
  }

  private static Report report(
      EngineStatus status, Inventory inventory, ContainerActuatorSettings settings) {
    EngineInfo info = status.info();
    if (!status.isReachable() || info == null) {
      return Report.down(status.problem() + " (" + settings.dockerHost() + ")");
    }
    return new Report(
        Condition.UP,
        info.kind()
            + " "
            + info.version()
            + " on "
            + info.hostName()
            + ", "
            + inventory.managed().size()
            + " containers managed");
  }
}
