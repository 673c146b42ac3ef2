package dev.catnap.ingest;

import dev.catnap.kit.config.ServiceApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** activity-ingest as a program of its own, on port 9001. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(ActivityIngestConfiguration.class)
public class ActivityIngestApplication {
  /** Starts it; settings as arguments, such as {@code --catnap.port=9001}. */
  public static void main(String[] args) {
    ServiceApplication.run(ActivityIngestApplication.class, "activity-ingest", 9001, args);
  }
}
