package dev.catnap.actuator;

import dev.catnap.kit.config.ServiceApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** container-actuator as a program of its own. */
@EnableAutoConfiguration
@Import(ContainerActuatorConfiguration.class)
public class ContainerActuatorApplication {
  private static final int PORT = 9003;

  /** For Spring. */
  public ContainerActuatorApplication() {}

  public static void main(String[] args) {
    ServiceApplication.run(
        ContainerActuatorApplication.class, ContainerActuatorConfiguration.SERVICE, PORT, args);
  }
}
