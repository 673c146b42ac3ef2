package dev.catnap.kit.config;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts one service as a program of its own. */
public final class ServiceApplication {
  private ServiceApplication() {}

  /**
   * @param main a configuration class with {@code @EnableAutoConfiguration}
   * @param name the service's name, such as {@code activity-ingest}
   * @param port where it listens unless {@code catnap.port} says otherwise; 0: any free port
   */
  public static ConfigurableApplicationContext run(
      Class<?> main, String name, int port, String... args) {
    SpringApplication application = new SpringApplication(main);
    // Spring Boot puts these below even catnap-defaults.yml, so none of them may be a key of it.
    application.setDefaultProperties(
        Map.of("spring.application.name", name, "catnap.default-port", port));
    return application.run(args);
  }
}
