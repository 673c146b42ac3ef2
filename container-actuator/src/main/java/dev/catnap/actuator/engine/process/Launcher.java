package dev.catnap.actuator.engine.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts a process that is none of our terminal's: in a session of its own it does not get the
 * Ctrl-C that ends us, and signals reach all it starts.
 */
final class Launcher {
  private static final List<String> PLACES = List.of("/usr/bin/setsid", "/bin/setsid");
  private static final long LARGEST_LOG_BYTES = 10L << 20;

  private final List<String> prefix =
      PLACES.stream().filter(place -> Files.isExecutable(Path.of(place))).limit(1).toList();

  Process launch(ProcessRecord record, Path logFile) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(record.command());
    ProcessBuilder builder = new ProcessBuilder(command);
    // What is meant for us, addresses and secrets, is none of its business.
    builder.environment().keySet().removeIf(name -> name.startsWith("CATNAP_"));
    builder.environment().putAll(record.environment());
    File log = logFile.toFile();
    builder.redirectErrorStream(true);
    builder.redirectOutput(
        log.length() > LARGEST_LOG_BYTES
            ? ProcessBuilder.Redirect.to(log)
            : ProcessBuilder.Redirect.appendTo(log));
    builder.redirectInput(new File("/dev/null"));
    return builder.start();
  }
}
