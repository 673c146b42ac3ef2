package dev.catnap.allinone.up;

import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Sends the log to a file in the data directory. Must be called before anything logs. */
final class LogFile {
  /** Read by logback itself, and by Spring Boot when it sets logging up once more. */
  static final String CONFIGURATION = "classpath:logback-catnap.xml";

  private static final String LOGBACK_PROPERTY = "logback.configurationFile";

  private LogFile() {}

  static Path below(Path data) {
    return data.resolve("logs").resolve("catnap.log");
  }

  /** Does nothing when it was done before. */
  static void use(Path data) {
    System.setProperty("catnap.log.file", below(data).toString());
    System.setProperty(LOGBACK_PROPERTY, CONFIGURATION.replace("classpath:", ""));
    // Now, because the first who log are two threads at once, and logging is set up by one.
    var unused = LoggerFactory.getILoggerFactory();
    // Spring Boot is told the same in its own way, and warns of this one.
    System.clearProperty(LOGBACK_PROPERTY);
  }
}
