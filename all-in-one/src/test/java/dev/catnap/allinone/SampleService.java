package dev.catnap.allinone;

import dev.catnap.allinone.demo.DemoService;
import dev.catnap.testkit.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A local process to put to sleep: the demo's own program.
 *
 * @param port where it listens on 127.0.0.1
 */
record SampleService(String name, int port) implements AutoCloseable {
  static SampleService named(String name) {
    return new SampleService(name, FreePorts.one());
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Writes a {@code services.yml} with this service, patient enough to sleep only when told. */
  Path definedIn(Path directory) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes =
        DemoService.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    String yaml =
        """
        services:
          %1$s:
            command: ["%2$s", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx16m", "-cp", "%3$s", "%4$s", "%1$s", "%5$d", "127.0.0.1"]
            port: %5$d
            readiness: { http: /health }
            sleep_policy: { idle_timeout: 1h, min_sleep_time: 0 }
        """
            .formatted(name, java, classes, DemoService.class.getName(), port);
    try {
      return Files.writeString(directory.resolve("services.yml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the process, whoever started it: a test that fails must leave none behind. */
  @Override
  public void close() {
    String arguments = "%s %s %d".formatted(DemoService.class.getName(), name, port);
    ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains(arguments))
        .forEach(ProcessHandle::destroyForcibly);
  }
}
