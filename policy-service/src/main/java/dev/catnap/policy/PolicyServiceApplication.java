package dev.catnap.policy;

import dev.catnap.kit.config.ServiceApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The policy service as a program of its own. */
@EnableAutoConfiguration
@Import(PolicyServiceConfiguration.class)
public class PolicyServiceApplication {
  private static final int PORT = 9002;

  public static void main(String... args) {
    ServiceApplication.run(PolicyServiceApplication.class, "policy-service", PORT, args);
  }
}
